import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  copySqlite,
  findWarnings,
  installOutside,
  captureOutput,
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
 * @typedef {object} Project what a start has made
 * @property {string} url of the server that it starts
 * @property {(line: string) => ReturnType<typeof startServer>} serve runs a line of its `start` block, until the server answers
 * @property {() => void} remove the folder
 * @property {{ installMs: number, checkMs: number }} times
 * @property {string[]} warnings of npm
 */

/**
 * Follows a start in a new folder, as its text says, up to where it is started: installs, writes the files, checks or builds. The
 * tarballs are installed in place of the packages' names.
 *
 * @param {import('./read-start.mjs').Start} start
 * @param {{ tarballs: Map<string, string>, newest: boolean, serverUrl?: string }} options `newest`: packages in the version that a
 *   stranger gets today, not in that of this repository; `serverUrl`: of the server that a page needs
 * @returns {Promise<Project>}
 */
export async function followStart(start, { tarballs, newest, serverUrl }) {
  const directory = mkdtempSync(join(tmpdir(), `usage-kit-start-${start.name}-`));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  const toPackage = (name) =>
    tarballs.get(name) ?? (newest || name.startsWith('-') ? name : pinPackage(name));
  const runLines = async (lines) => {
    const warnings = [];
    for (const line of lines) warnings.push(...(await runLine(directory, line, toPackage)));
    return warnings;
  };
  try {
    const port = await findPort();
    const url = `http://localhost:${port}`;
    const beganMs = performance.now();
    const warnings = await runLines(start.commands.install);
    copySqlite(directory);
    const installedMs = performance.now();
    for (const [name, text] of start.files) {
      writeInto(directory, name, text.replaceAll(WRITTEN_URL, serverUrl ?? url));
    }
    await runLines(start.commands.check);
    const times = { installMs: installedMs - beganMs, checkMs: performance.now() - installedMs };
    const serve = (line) =>
      startServer(toCommand(directory, line, port), {
        cwd: directory,
        env: { PORT: String(port), ...QUIET },
        isReady: () => isListening(url),
      });
    return { url, serve, remove, times, warnings };
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
  const { captured, options } = captureOutput();
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
    throw new Error(`${line}\n${captured.text}${error.message}`, { cause: error });
  }
  return findWarnings(captured.text);
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
