import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './run.mjs';

/** The instant of the stopped clock: with it the load and every picture are the same at each start. */
export const demoNow = '2026-11-20T14:32:00Z';

/**
 * Starts the demo with a stopped clock in a temporary folder, and reads its addresses from its output.
 * @param {string[]} [options] more options of `npm run demo`
 * @returns {Promise<{ url: string, faultUrl: string, stop: () => Promise<void> }>}
 */
export async function startDemoProcess(options = ['--now', demoNow]) {
  const directory = mkdtempSync(join(tmpdir(), 'usage-kit-demo-'));
  const args = [join(root, 'scripts', 'demo.mjs'), '--port', '0', ...options];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, DEMO_DIRECTORY: directory },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
  const printed = await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      output += chunk;
      if (output.includes('Ctrl-C')) resolve(output);
    });
    child.once('exit', () => reject(new Error('The demo ended before it served.')));
  });
  const [, url] = /Usage Kit is at {2}(\S+)/.exec(printed);
  const [, faultUrl] = /curl -X PUT (\S+)\/failing/.exec(printed);
  return { url, faultUrl, stop };
}
