import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const START_MS = 120_000;

/** A separate Next.js server. */
export interface NextHost {
  url: string;
  close(): Promise<void>;
}

/**
 * Runs the application of `examples/hosts/next` in Next.js itself (`next dev`: a build for production takes longer than
 * all other hosts together). The SDK is put into the application as an installed package is: built, with its own
 * package.json, loaded by Node.
 *
 * @param database URL of a migrated database
 */
export async function startNext(database: string): Promise<NextHost> {
  const directory = join(PACKAGE, '.cache', `next-${process.pid}`);
  cpSync(join(PACKAGE, 'examples/hosts/next'), directory, { recursive: true });
  await installSdk(join(directory, 'node_modules', '@usage-kit', 'server-sdk'));
  const port = await freePort();
  const bin = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const child = spawn(process.execPath, [bin, 'dev', '-H', '127.0.0.1', '-p', String(port)], {
    cwd: directory,
    env: {
      ...process.env,
      NODE_ENV: 'development',
      USAGE_DATABASE: database,
      NEXT_TELEMETRY_DISABLED: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => said.push(text.toString()));
  }
  const close = async (): Promise<void> => {
    await end(child);
    rmSync(directory, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilAnswers(`${url}/api/usage/openapi.json`, child);
  } catch (error) {
    await close();
    throw new Error(`Next.js did not start:\n${said.join('')}`, { cause: error });
  }
  return { url, close };
}

async function installSdk(directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  await build({
    entryPoints: [join(PACKAGE, 'src/index.ts')],
    outfile: join(directory, 'index.js'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
  writeFileSync(
    join(directory, 'package.json'),
    JSON.stringify({ name: '@usage-kit/server-sdk', type: 'module', exports: './index.js' }),
  );
}

async function untilAnswers(url: string, child: ChildProcess): Promise<void> {
  const endMs = Date.now() + START_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}`);
    const answer = await fetch(url).catch(() => null);
    if (answer?.status === 200) return;
    if (Date.now() > endMs) throw new Error(`It answers ${answer?.status ?? 'nothing'}`);
    await sleep(200);
  }
}

/** Next.js has several processes: ends the group. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
