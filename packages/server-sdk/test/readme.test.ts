import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';

const EXAMPLE = fileURLToPath(new URL('../examples/koa-host.ts', import.meta.url));
const README = fileURLToPath(new URL('../README.md', import.meta.url));

test('the README shows the example that is run here', () => {
  expect(readFileSync(README, 'utf8')).toContain(readFileSync(EXAMPLE, 'utf8').trim());
});

test('the example serves the call that it records, and ends when asked to', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'usage-kit-example-'));
  const port = await freePort();
  const tsx = import.meta.resolve('tsx');
  const child = spawn(
    process.execPath,
    ['--conditions=usage-kit-source', '--import', tsx, EXAMPLE],
    {
      cwd: directory,
      env: { ...process.env, PORT: String(port) },
      stdio: 'inherit',
    },
  );
  const ask = (user: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/api/usage/quota`, { headers: { 'x-user-did': user } });
  try {
    await vi.waitFor(() => ask('did:abt:alice'), { timeout: 30_000, interval: 100 });
    const answer = await ask('did:abt:alice');
    expect(await answer.json()).toMatchObject({
      status: 'ok',
      used: '0.00425',
      remaining: '99.99575',
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  } finally {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
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
