import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import knex from 'knex';
import { expect, test } from 'vitest';
import { createTestUsageOn, NOW_MS } from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';
import { readCount } from '../helpers/test-size.js';

/** How often a process is killed; more in a long run. */
const KILLS = readCount('RECORD_KILLS', { few: 1, more: 2 });
const WORKER = fileURLToPath(new URL('../helpers/record-worker.ts', import.meta.url));
const servers = await takeServers();

test.each(servers)(
  'every call whose record resolved is on disk when the process is killed, on $name',
  async (server) => {
    const host = await createTestUsageOn(server);
    const promised = new Set<string>();
    for (let run = 0; run < KILLS; run += 1) {
      for (const id of await recordAndKill(host.config, run)) promised.add(id);
    }
    const other = knex({ ...host.config, useNullAsDefault: true });
    const rows = await other<{ id: string }>('model_calls').select('id');
    await other.destroy();
    const stored = new Set(rows.map(({ id }) => id));
    expect(promised.size).toBeGreaterThan(0);
    expect([...promised].filter((id) => !stored.has(id))).toEqual([]);
    expect(rows.length).toBe(stored.size);
    await host.close();
  },
  30_000 + KILLS * 10_000,
);

/** Records in a separate process and kills it at some time after its first call. @returns ids it printed */
async function recordAndKill(config: object, run: number): Promise<string[]> {
  const tsx = import.meta.resolve('tsx');
  const options = JSON.stringify({ config, run, startedAt: NOW_MS });
  const child = spawn(
    process.execPath,
    ['--conditions=usage-kit-source', '--import', tsx, WORKER, options],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let printed = '';
  const ended = new Promise((resolve) => child.once('close', resolve));
  const begun = new Promise((resolve) => {
    child.stdout.on('data', (part: Buffer) => {
      printed += part.toString();
      resolve(undefined);
    });
  });
  await Promise.race([begun, ended]);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 400));
  child.kill('SIGKILL');
  await ended;
  // A line that was cut off is no promise.
  return printed
    .slice(0, printed.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
}
