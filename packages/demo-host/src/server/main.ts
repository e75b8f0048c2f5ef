import { say } from './console.js';
import type { DemoOptions } from './demo-options.js';
import { startDemo, type RunningDemo } from './start-demo.js';

/** Started by `scripts/demo.mjs` with its options as JSON. */
async function main(options: DemoOptions): Promise<void> {
  const demo = await startDemo(options);
  if (demo.busyPorts.length > 0) {
    say(
      `  Port ${demo.busyPorts.join(', ')} is in use; taking the next free one. PORT=… chooses another.`,
    );
  }
  say();
  say(`  Usage Kit is at  ${demo.url}`);
  if (demo.faultUrl !== null) {
    say(`  Its payment-kit fails after  curl -X PUT ${demo.faultUrl}/failing  (or slow, hanging,`);
    say('  flapping, wrong, huge) and works again after  …/ok');
  }
  say(
    '  Ctrl-C stops it. `npm run demo -- --reset` starts over, `--help` lists what else it can show.',
  );
  say();
  stopOnSignal(demo);
}

function stopOnSignal(demo: RunningDemo): void {
  let stopping = false;
  const stop = () => {
    // A second Ctrl-C does not wait.
    if (stopping) process.exit(130);
    stopping = true;
    say('\n  Stopping.');
    demo.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main(JSON.parse(process.argv[2] ?? '{}') as DemoOptions).catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
