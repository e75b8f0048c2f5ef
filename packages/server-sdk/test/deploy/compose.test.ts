import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import type { Overview } from '../../src/index.js';
import { startRoundRobin } from '../helpers/round-robin.js';
import { availableServers } from '../helpers/test-databases.js';
import { toUrl } from '../helpers/run-command.js';

const servers = await availableServers();
const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const EXAMPLE = join(ROOT, 'packages/server-sdk/examples/own-process.ts');
const SECRET = 'a secret of the app and this process';

function read(file: string): string {
  return readFileSync(join(ROOT, 'deploy', file), 'utf8');
}

/** The words of a Dockerfile's last instruction of a name. */
function readInstruction(name: string): string[] {
  const lines = read('Dockerfile').split('\n');
  const line = lines.filter((text) => text.startsWith(`${name} `)).at(-1) ?? '';
  return JSON.parse(line.slice(line.indexOf('["'))) as string[];
}

interface Service {
  image?: string;
  build?: { context: string; dockerfile: string };
  environment?: Record<string, string>;
  depends_on?: string[] | Record<string, { condition: string }>;
  healthcheck?: object;
  volumes?: string[];
}

test('the compose file starts two instances of the container after the database, behind a load balancer', () => {
  const { services, volumes } = parse(read('compose.yaml'), { merge: true }) as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
  };
  expect(Object.keys(services)).toEqual(['postgres', 'usage-1', 'usage-2', 'caddy']);
  expect(services['postgres']?.healthcheck).toBeDefined();
  for (const name of ['usage-1', 'usage-2']) {
    expect(services[name]?.build).toEqual({ context: '..', dockerfile: 'deploy/Dockerfile' });
    expect(services[name]?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    // Each variable is one that the process reads, and secrets have no default.
    for (const [variable, value] of Object.entries(services[name]?.environment ?? {})) {
      expect(readFileSync(EXAMPLE, 'utf8')).toContain(`process.env['${variable}']`);
      expect(value).toMatch(/\$\{\w+:\?/);
    }
    expect(read('Caddyfile')).toContain(`${name}:4100`);
  }
  expect(read('Caddyfile')).toContain('health_uri /readyz');
  expect(Object.keys(volumes)).toEqual(['data']);
});

test('the container runs as no administrator, without development dependencies, and from files that are there', () => {
  const dockerfile = read('Dockerfile');
  const [, last = ''] = /^([\s\S]*)$/.exec(dockerfile.split(/^FROM /m).at(-1) ?? '') ?? [];
  expect(last).toMatch(/^USER node$/m);
  expect(last).not.toContain('npm ');
  expect(dockerfile).toContain('npm install --omit=dev');
  expect(last).toContain('COPY packages/server-sdk/examples/own-process.ts ./own-process.ts');
  expect(readInstruction('CMD')).toEqual(['node', 'own-process.ts']);
});

describe.each(servers.filter(({ name }) => name === 'PostgreSQL'))(
  'two instances on $name',
  (server) => {
    test('behind a load balancer show the same, and one goes on when the other is killed', async () => {
      const database = await server.create();
      const directory = mkdtempSync(join(tmpdir(), 'usage-kit-deploy-'));
      const ports = [await freePort(), await freePort()];
      // Together, as compose starts them: both migrate.
      const children = ports.map((port) => start(directory, port, toUrl(database)));
      const balancer = await startRoundRobin(ports);
      try {
        for (const port of ports) await waitUntilReady(port);
        expect(await probe(ports[0] ?? 0)).toBe(0);
        const startedAt = new Date(Date.now() - 60_000).toISOString();
        for (let index = 0; index < 10; index += 1) await record(balancer.url, index, startedAt);
        const before = await Promise.all([1, 2, 3, 4].map(() => readTotals(balancer.url)));
        for (const totals of before) expect(totals).toMatchObject({ calls: 10, credits: '5' });
        for (const count of balancer.counts) expect(count).toBeGreaterThan(0);

        children[0]?.kill('SIGKILL');
        for (let request = 0; request < 4; request += 1) {
          expect(await readTotals(balancer.url)).toEqual(before[0]);
        }
        expect(await probe(ports[0] ?? 0)).toBe(1);
        // A call that the killed one had, sent again, is one call.
        await record(balancer.url, 0, startedAt);
        await record(balancer.url, 10, startedAt);
        expect(await readTotals(balancer.url)).toMatchObject({ calls: 11, credits: '5.5' });

        const ended = new Promise((resolve) => children[1]?.once('exit', resolve));
        children[1]?.kill('SIGTERM');
        expect(await ended).toBe(0);
      } finally {
        for (const child of children) child.kill('SIGKILL');
        await balancer.close();
        rmSync(directory, { recursive: true, force: true });
        await database.drop();
      }
    });
  },
);

/** Starts the container's process; its command, by the TypeScript of this repository in place of that of Node 24. */
function start(directory: string, port: number, database: string): ChildProcess {
  const loader = ['--conditions=usage-kit-source', '--import', import.meta.resolve('tsx')];
  return spawn(process.execPath, [...loader, EXAMPLE], {
    cwd: directory,
    env: {
      ...process.env,
      ...{ NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port) },
      ...{ USAGE_SECRET: SECRET, USAGE_DATABASE: database },
    },
    stdio: 'inherit',
  });
}

async function waitUntilReady(port: number): Promise<void> {
  const options = { timeout: 30_000, interval: 100 };
  await vi.waitFor(async () => {
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  }, options);
}

/** Runs the container's own probe. @returns its exit code */
async function probe(port: number): Promise<number> {
  const [command = '', ...args] = readInstruction('HEALTHCHECK');
  expect(command).toBe('node');
  const env = { ...process.env, PORT: String(port) };
  return promisify(execFile)(process.execPath, args, { env }).then(
    () => 0,
    (error: { code: number }) => error.code,
  );
}

async function record(url: string, index: number, startedAt: string): Promise<void> {
  const call = { userDid: 'alice', id: `${index}`, model: 'm', status: 'success', credits: '0.5' };
  const response = await fetch(`${url}/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${SECRET}` },
    body: JSON.stringify([{ ...call, startedAt }]),
  });
  expect(response.status).toBe(200);
}

async function readTotals(url: string): Promise<Overview['totals']> {
  const headers = { authorization: `Bearer ${SECRET}`, 'x-user-did': 'alice' };
  const response = await fetch(`${url}/api/usage/overview`, { headers });
  return ((await response.json()) as Overview).totals;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
