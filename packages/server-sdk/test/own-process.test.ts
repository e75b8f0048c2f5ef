import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Overview } from '../src/index.js';

const EXAMPLE = fileURLToPath(new URL('../examples/own-process.ts', import.meta.url));
const README = fileURLToPath(new URL('../README.md', import.meta.url));
const SECRET = 'a secret of the app and this process';

let directory: string;
let child: ChildProcess;
let url: string;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'usage-kit-process-'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const tsx = import.meta.resolve('tsx');
  child = spawn(process.execPath, ['--conditions=usage-kit-source', '--import', tsx, EXAMPLE], {
    cwd: directory,
    env: { ...process.env, PORT: String(port), USAGE_SECRET: SECRET },
    stdio: 'inherit',
  });
  await vi.waitFor(() => fetch(url), { timeout: 30_000, interval: 100 });
});
afterEach(() => {
  child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

const send = (body: string, authorization = `Bearer ${SECRET}`): Promise<Response> =>
  fetch(`${url}/calls`, { method: 'POST', headers: { authorization }, body });

const ask = (headers: Record<string, string>): Promise<Response> =>
  fetch(`${url}/api/usage/overview`, { headers });

test('the README shows the process, which keeps what the app sends and shows it to its user only', async () => {
  expect(readFileSync(README, 'utf8')).toContain(readFileSync(EXAMPLE, 'utf8').trim());
  const call = { userDid: 'alice', id: 'a', model: 'm', status: 'success', credits: '0.5' };
  const calls = JSON.stringify([{ ...call, startedAt: new Date().toISOString() }]);
  expect((await send(calls)).status).toBe(200);
  expect((await send(calls)).status).toBe(200);
  const authorization = `Bearer ${SECRET}`;
  const totals = async (user: string): Promise<unknown> => {
    const response = await ask({ authorization, 'x-user-did': user });
    return ((await response.json()) as Overview).totals;
  };
  expect(await totals('alice')).toMatchObject({ calls: 1, credits: '0.5' });
  expect(await totals('bob')).toMatchObject({ calls: 0 });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('without the secret it takes and shows nothing, and a wrong call is refused', async () => {
  expect((await send('[]', 'Bearer other')).status).toBe(401);
  expect((await ask({ 'x-user-did': 'alice' })).status).toBe(401);
  const wrong = await send(JSON.stringify([{ userDid: 'alice' }]));
  expect(wrong.status).toBe(422);
});

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
