/**
 * `npm run demo`: from a fresh clone to a page that shows what a person used.
 *
 * Nothing but Node's own modules here: it runs before anything is installed.
 */
import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/ensure-built.mjs';
import { checkNode, ensureInstalled } from './lib/ensure-installed.mjs';
import { root } from './lib/run.mjs';

const HELP = `npm run demo -- [options]

  (no option)               ninety days of generated calls, loaded once and stored in .demo/
  --import FILE             the calls of a CSV or JSON Lines file instead, in a separate database
      --mapping FILE        how its columns map to calls; known files need none (packages/demo-host/mappings)
  --servegen DIR            a load drawn from the production traces in DIR (as in ../shared/data)
      --calls N             of how many calls (1000000)
  --port N                  the port, as PORT=N does (3000); when it is taken, the next free one
  --no-live                 no new calls while the demo runs
  --now INSTANT             stop the clock at an instant, e.g. 2026-11-20T14:32:00Z
  --reset                   throw the loaded calls away first
  --help                    this text`;

checkNode();
const options = readOptions();
if (options.reset) rmSync(options.directory, { recursive: true, force: true });
await ensureInstalled();
await ensureBuilt();
startHost(options);

function readOptions() {
  const { values } = readArguments();
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  // The folder in which the person ran npm, which itself changes to the root of the repository.
  const pathOf = (path) => resolve(process.env.INIT_CWD ?? process.cwd(), path);
  const nowMs = values.now === undefined ? null : Date.parse(values.now);
  if (Number.isNaN(nowMs)) fail(`--now: "${values.now}" is not an instant.`);
  return {
    load: readLoad(values, pathOf),
    directory: process.env.DEMO_DIRECTORY
      ? pathOf(process.env.DEMO_DIRECTORY)
      : join(root, '.demo'),
    port: readInteger('PORT', values.port ?? (process.env.PORT || '3000'), 0, 65_535),
    nowMs,
    live: !values['no-live'] && nowMs === null,
    reset: values.reset,
  };
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        import: { type: 'string' },
        mapping: { type: 'string' },
        servegen: { type: 'string' },
        calls: { type: 'string' },
        port: { type: 'string' },
        now: { type: 'string' },
        'no-live': { type: 'boolean', default: false },
        reset: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return fail(`${error.message}\n\n${HELP}`);
  }
}

function readLoad(values, pathOf) {
  if (values.import !== undefined && values.servegen !== undefined) {
    fail('--import and --servegen exclude each other.');
  }
  if (values.import !== undefined) {
    const file = existing(pathOf(values.import));
    const mapping = values.mapping === undefined ? null : existing(pathOf(values.mapping));
    return { kind: 'import', file, mapping };
  }
  if (values.servegen !== undefined) {
    const calls = readInteger('--calls', values.calls ?? '1000000', 1, 50_000_000);
    return { kind: 'servegen', directory: existing(pathOf(values.servegen)), calls };
  }
  return { kind: 'generated' };
}

function readInteger(name, text, smallest, largest) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= smallest && value <= largest) return value;
  return fail(`${name}: "${text}" is not a whole number from ${smallest} to ${largest}.`);
}

function existing(path) {
  return existsSync(path) ? path : fail(`There is no ${path}.`);
}

function fail(message) {
  console.error(message);
  process.exit(2);
}

/** The host runs from its sources: tsx compiles them as they are read. */
function startHost(hostOptions) {
  const main = join(root, 'packages', 'demo-host', 'src', 'server', 'main.ts');
  const args = [
    '--conditions=usage-kit-source',
    '--import',
    'tsx',
    main,
    JSON.stringify(hostOptions),
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  // Ctrl-C reaches the host by itself; it stops cleanly and this script follows.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => process.exit(code ?? 1));
}
