import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The root of the repository, wherever a script was started from. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** npm as a program: the one that started this script, else the one on the path. */
const npm = process.env.npm_execpath
  ? [process.execPath, process.env.npm_execpath]
  : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];

/**
 * Runs a program to its end with its output shown.
 * @param {string[]} command program and arguments
 * @param {{ cwd?: string, env?: Record<string, string>, onLine?: (line: string) => void, output?: { write(text: string): void } }} [options]
 *   `onLine` gets every line of output; it is shown all the same, or written to `output`
 * @returns {Promise<number>} exit code; a signal counts as 1
 */
export function run(command, options = {}) {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    stdio: options.onLine
      ? ['ignore', 'pipe', options.output ? 'pipe' : 'inherit']
      : ['ignore', 'inherit', 'inherit'],
  });
  const output = options.output ?? process.stdout;
  if (options.onLine) forwardLines(child.stdout, options.onLine, output);
  child.stderr?.on('data', (chunk) => output.write(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Runs npm. */
export function runNpm(args, options) {
  return run([...npm, ...args], options);
}

/** What npm prints, run in a folder. @throws Error where it fails */
export function readNpm(args, cwd) {
  const [program, ...first] = npm;
  return execFileSync(program, [...first, ...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
}

function forwardLines(stream, onLine, output) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk) => {
    output.write(chunk);
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
}
