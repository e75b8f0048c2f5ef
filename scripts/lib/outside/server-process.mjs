import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How long a server may take to start on a busy machine, and to end. */
const PATIENCE_MS = 60_000;

/**
 * Starts a server as a process.
 *
 * @param {string[]} command program and arguments
 * @param {{ cwd: string, env?: Record<string, string>, isReady: (output: string) => boolean | Promise<boolean> }} options
 *   `isReady` is asked again and again, with what the server printed so far
 * @returns {Promise<{ output: () => string, stop: () => Promise<number | string> }>} `stop` sends SIGTERM and returns the exit code,
 *   or the signal that ended the process
 * @throws Error with the output, where it ends or is not ready in a minute
 */
export async function startServer([program, ...args], { cwd, env, isReady }) {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (printed += text));
  }
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal);
  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    const result = await ended;
    clearTimeout(late);
    return result;
  };
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const untilMs = Date.now() + PATIENCE_MS;
  while (!(await isReady(printed))) {
    if (!isRunning() || Date.now() > untilMs) {
      await stop();
      throw new Error(`${program} ${args.join(' ')} is not ready:\n${printed}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { output: () => printed, stop };
}
