import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import knex, { type Knex } from 'knex';
import { expect, test } from 'vitest';
import type { Usage } from '../../src/index.js';
import {
  createTestUsageOn,
  NOW_MS,
  serveInKoa,
  silentLogger,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { readNdjson } from '../helpers/exported-files.js';
import { availableServers, sqliteServer, type DatabaseServer } from '../helpers/test-databases.js';

const servers = await availableServers();
const CALLS = 6000;
const RANGE = { from: String(NOW_MS - 86_400_000 * 30), to: String(NOW_MS + 1) };
const ALL = { userDid: 'alice', kind: 'calls', format: 'ndjson', ...RANGE } as const;

interface LogLine {
  message: string;
  fields: Record<string, unknown>;
}

/** A usage with 6,000 calls of alice's, each of another project, and what it logs and asks. */
async function open(
  server: DatabaseServer,
  limits = {},
): Promise<TestUsage & { lines: LogLine[]; asked: () => number }> {
  const lines: LogLine[] = [];
  const note = (message: string, fields: Record<string, unknown> = {}): void => {
    if (message === 'An export ended') lines.push({ message, fields });
  };
  let asked = 0;
  const host = await createTestUsageOn(server, {
    limits,
    logger: { ...silentLogger, info: note, warn: note },
    projects: (appDids) => {
      asked += appDids.length;
      return [];
    },
  });
  for (let start = 0; start < CALLS; start += 2000) {
    await host.usage.calls.record(
      Array.from({ length: 2000 }, (_, index) => ({
        id: `call-${start + index}`,
        userDid: 'alice',
        appDid: `project-${start + index}`,
        model: 'm',
        status: 'success' as const,
        startedAt: NOW_MS - (start + index) * 60_000,
        credits: '0.5',
      })),
    );
  }
  return { ...host, lines, asked: () => asked };
}

/** Reads until a file breaks. @returns what came */
async function readBroken(usage: Usage, onFirst: () => Promise<void>): Promise<string> {
  const { stream } = await usage.exports.create(ALL);
  let received = '';
  let isFirst = true;
  await expect(async () => {
    for await (const chunk of stream) {
      received += String(chunk);
      if (isFirst) await onFirst();
      isFirst = false;
    }
  }).rejects.toThrow();
  return received;
}

test.each(servers)(
  'a reader that stops holds the rows back, and one that leaves ends the export, on $name',
  { timeout: 120_000 },
  async (server) => {
    const { usage, lines, asked, close } = await open(server);
    const { stream } = await usage.exports.create(ALL);
    await sleep(1500);
    // 256 KiB of lines and a page of calls, of 6,000.
    expect(asked()).toBeLessThan(3000);
    await expect(usage.exports.create(ALL)).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      retryAfterSeconds: 5,
    });
    stream.destroy();
    await expect.poll(() => lines.length).toBe(1);
    expect(lines[0]?.fields).toMatchObject({
      ...{ userDid: 'alice', kind: 'calls', format: 'ndjson', outcome: 'cancelled', rows: null },
    });
    const whole = await expect
      .poll(() => usage.exports.create(ALL).catch(() => null))
      .not.toBeNull()
      .then(() => lines.length);
    expect(whole).toBeGreaterThanOrEqual(1);
    await close();
  },
);

test('a deadline breaks the file of a reader that is too slow', { timeout: 60_000 }, async () => {
  const { usage, lines, close } = await open(sqliteServer, { exportDeadlineMs: 1000 });
  const received = await readBroken(usage, () => sleep(1500));
  expect(readNdjson(Buffer.from(received)).footer).toBeNull();
  await expect.poll(() => lines[0]?.fields['code']).toBe('ANSWER_TOO_SLOW');
  await close();
});

test('rows that do not add up break the file', { timeout: 60_000 }, async () => {
  const { usage, config, lines, close } = await open(sqliteServer);
  await usage.rollup.run();
  const other = knex({ ...config, useNullAsDefault: true });
  for (const { name } of await other('sqlite_master').select('name').where({ type: 'trigger' })) {
    await other.raw(`drop trigger ${String(name)}`);
  }
  await other('model_calls').where({ id: 'call-5000' }).update({ credits_e8: 1 });
  await other.destroy();
  const received = await readBroken(usage, () => Promise.resolve());
  const { rows, footer } = readNdjson(Buffer.from(received));
  expect([rows.length, footer]).toEqual([CALLS, null]);
  expect(lines[0]?.fields).toMatchObject({ outcome: 'failed' });
  await close();
});

const KILLS: Record<string, (knex: Knex) => Promise<void>> = {
  PostgreSQL: async (other) => {
    await other.raw(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
    );
  },
  MariaDB: async (other) => {
    const [rows] = (await other.raw(
      'select id from information_schema.processlist where db = database() and id <> connection_id()',
    )) as [{ id: number }[]];
    for (const { id } of rows) await other.raw(`kill ${id}`).catch(() => undefined);
  },
};

test.each(servers.filter(({ name }) => name in KILLS))(
  'a connection to $name that is killed in the middle breaks the file',
  { timeout: 120_000 },
  async (server) => {
    const { usage, config, close } = await open(server);
    const received = await readBroken(usage, async () => {
      const other = knex(config);
      await KILLS[server.name]?.(other);
      await other.destroy();
    });
    expect(received).not.toContain('"complete"');
    // The next one works.
    const { stream } = await expect
      .poll(() => usage.exports.create(ALL).catch(() => null))
      .not.toBeNull()
      .then(() => usage.exports.create({ ...ALL, userDid: 'bob' }));
    expect(await text(stream)).toContain('"complete":true');
    await close();
  },
);

test('a server that is killed leaves a broken connection', { timeout: 120_000 }, async () => {
  const { config, close } = await open(sqliteServer);
  const worker = spawn(
    process.execPath,
    [
      ...['--conditions=usage-kit-source', '--import', 'tsx', 'test/helpers/export-worker.ts'],
      JSON.stringify({ config, nowMs: NOW_MS }),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(worker.stdout, 'data')) as [Buffer];
  const url = `http://127.0.0.1:${line.toString().trim()}/api/usage/exports/calls`;
  for (const format of ['csv', 'ndjson', 'xlsx']) {
    const response = await fetch(`${url}?format=${format}&from=${RANGE.from}&to=${RANGE.to}`);
    expect(response.status).toBe(200);
    if (format !== 'xlsx') {
      expect(await response.text()).toContain('complete');
      continue;
    }
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    worker.kill('SIGKILL');
    await expect(async () => {
      for (;;) if ((await reader.read()).done) return;
    }).rejects.toThrow(TypeError);
  }
  await close();
});

test('one user has one export at a time, all users together two', async () => {
  const { usage, close } = await open(sqliteServer);
  const server = await serveInKoa(usage);
  const held = await usage.exports.create(ALL);
  const ofAlice = await server.get('/exports/trends?format=csv');
  expect([ofAlice.status, ofAlice.headers.get('retry-after')]).toEqual([429, '5']);
  const other = await usage.exports.create({ ...ALL, userDid: 'bob' });
  await text(other.stream);
  const second = await usage.exports.create({ ...ALL, format: 'csv', userDid: 'carol' });
  await text(second.stream);
  held.stream.destroy();
  await expect.poll(async () => (await server.get('/exports/trends?format=csv')).status).toBe(200);
  await server.close();
  await close();
});
