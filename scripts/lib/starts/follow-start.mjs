import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  copySqlite,
  findWarnings,
  installOutside,
  keepOutput,
  pinPackage,
  runNpmOutside,
  runTool,
  toolPath,
  writeInto,
} from '../outside/packages.mjs';
import { startServer } from '../outside/server-process.mjs';

/** Where the texts have the server; a start that is followed here has it on a port that is free. */
const WRITTEN_URL = 'http://localhost:3000';
/** Of Next.js. */
const QUIET = { NEXT_TELEMETRY_DISABLED: '1' };

/**
 * @typedef {object} Followed
 * @property {string} url of the server that the start has started
 * @property {() => Promise<number | string>} stop exit code, or the signal that ended it
 * @property {() => string} output
 * @property {{ installMs: number, checkMs: number, startMs: number }} times
 * @property {string[]} warnings of npm
 */

/**
 * Follows a start in a new folder, as its text says: installs, writes the files, checks or builds, and starts it. The tarballs are
 * installed in place of the packages' names.
 *
 * @param {import('./read-start.mjs').Start} start
 * @param {{ tarballs: Map<string, string>, newest: boolean, serverUrl?: string }} options `newest`: packages in the version that a
 *   stranger gets today, not in that of this repository; `serverUrl`: of the server that a page needs
 * @returns {Promise<Followed>} `stop` removes the folder, too
 */
export async function followStart(start, { tarballs, newest, serverUrl }) {
  const directory = mkdtempSync(join(tmpdir(), `usage-kit-start-${start.name}-`));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  const warnings = [];
  const toPackage = (name) =>
    tarballs.get(name) ?? (newest || name.startsWith('-') ? name : pinPackage(name));
  const times = {};
  try {
    const port = await findPort();
    const url = `http://localhost:${port}`;
    times.installMs = await measure(async () => {
      for (const line of start.commands.install) {
        warnings.push(...(await runLine(directory, line, toPackage)));
      }
      copySqlite(directory);
    });
    for (const [name, text] of start.files) {
      writeInto(directory, name, text.replaceAll(WRITTEN_URL, serverUrl ?? url));
    }
    times.checkMs = await measure(async () => {
      for (const line of start.commands.check) {
        warnings.push(...(await runLine(directory, line, toPackage)));
      }
    });
    let server;
    times.startMs = await measure(async () => {
      server = await startServer(toCommand(directory, start.commands.start[0], port), {
        cwd: directory,
        env: { PORT: String(port), ...QUIET },
        isReady: () => isListening(url),
      });
    });
    const stop = () => server.stop().finally(remove);
    return { url, stop, output: server.output, times, warnings };
  } catch (error) {
    remove();
    throw error;
  }
}

/**
 * Runs a line of a text: npm's, or a command of an installed package.
 *
 * @returns {Promise<string[]>} warnings of npm
 * @throws Error with what it printed, where it fails
 */
async function runLine(directory, line, toPackage) {
  const { kept, options } = keepOutput();
  const [program, command, ...words] = line.split(' ');
  try {
    if (program === 'npx') {
      await runTool(directory, [command, ...words], { ...options, env: QUIET });
    } else if (program !== 'npm') {
      throw new Error('It is not clear how to run this line.');
    } else if (command === 'install') {
      await installOutside(directory, words.map(toPackage), options);
    } else {
      await runNpmOutside(directory, [command, ...words], options);
    }
  } catch (error) {
    throw new Error(`${line}\n${kept.text}${error.message}`, { cause: error });
  }
  return findWarnings(kept.text);
}

/** The program that a text starts, without npx, which would stand between it and a signal. */
function toCommand(directory, line, port) {
  const [program, ...args] = line.split(' ');
  if (program === 'node') return [process.execPath, ...args];
  const [tool, ...rest] = args;
  // Vite takes its port from its command line only.
  const own = tool === 'vite' ? ['--port', String(port), '--strictPort'] : [];
  return [process.execPath, toolPath(directory, tool), ...rest, ...own];
}

async function measure(work) {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}

/** Any status will do: what a start answers at its root is its own matter. */
async function isListening(url) {
  try {
    await fetch(url);
    return true;
  } catch {
    return false;
  }
}

async function findPort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
