import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ModelCallInput, Usage } from '../../src/index.js';
import { openTestUsage, serveInKoa, type TestServer } from '../helpers/create-test-usage.js';
import { createStandbyPair, findPostgresPrograms, type StandbyPair } from '../helpers/standby.js';
import { openProxy } from '../helpers/tcp-proxy.js';

const programs = findPostgresPrograms();
if (programs === null) {
  console.warn(
    'NOT TESTED: a replica. pg_basebackup was not found; TEST_POSTGRES_PROGRAMS can name its folder.',
  );
}

interface Overview {
  totals: { calls: number };
  byType: { calls: number }[];
  freshness: { asOf: string };
}

/** A process: a usage with its endpoints, and how many statements it sent to the standby. */
interface Host {
  usage: Usage;
  http: TestServer;
  statements: string[];
  overview(user: string): Promise<Overview & { etag: string }>;
  close(): Promise<void>;
}

let pair: StandbyPair;
let ids = 0;

const callsOf = (userDid: string, count: number): ModelCallInput[] =>
  Array.from({ length: count }, () => ({
    ...{
      userDid,
      id: `call-${(ids += 1)}`,
      appDid: 'chat',
      model: 'm',
      status: 'success' as const,
    },
    startedAt: Date.now() - 3_600_000,
  }));

async function openHost(replicaUrl = pair.standby.url, maxLagSeconds = 120): Promise<Host> {
  const replica = knex({ client: 'pg', connection: replicaUrl, pool: { min: 0, max: 4 } });
  const statements: string[] = [];
  replica.on('query', ({ sql }: { sql: string }) => statements.push(sql));
  const usage = openTestUsage({
    database: pair.primary.url,
    replica: { database: replica, maxLagSeconds },
  });
  const http = await serveInKoa(usage);
  return {
    usage,
    http,
    statements,
    overview: async (user) => {
      const { status, body, headers } = await http.get<Overview>('/overview', { user });
      expect(status).toBe(200);
      return { ...body, etag: headers.get('etag') ?? '' };
    },
    close: async () => {
      await http.close();
      await usage.stop();
      await replica.destroy();
    },
  };
}

async function withHosts(count: number, check: (...hosts: Host[]) => Promise<void>): Promise<void> {
  const hosts = await Promise.all(Array.from({ length: count }, () => openHost()));
  try {
    await check(...hosts);
  } finally {
    await pair.admin.raw('select pg_wal_replay_resume()');
    await Promise.all(hosts.map((host) => host.close()));
  }
}

const pauseReplay = (): Promise<unknown> => pair.admin.raw('select pg_wal_replay_pause()');
const resumeReplay = (): Promise<unknown> => pair.admin.raw('select pg_wal_replay_resume()');

/** Waits until the standby has all that the primary has. */
async function untilReplayed(): Promise<void> {
  const primary = knex({ client: 'pg', connection: pair.primary.url });
  const read = async (db: Knex, sql: string): Promise<string> =>
    (await db.raw<{ rows: { lsn: string }[] }>(sql)).rows[0]?.lsn ?? '';
  const lsn = await read(primary, 'select pg_current_wal_lsn() as lsn');
  await primary.destroy();
  await until(async () => {
    const sql = `select (pg_last_wal_replay_lsn() >= '${lsn}')::text as lsn`;
    return (await read(pair.admin, sql)) === 'true';
  });
}

/** Asks for a range that was not asked for before, whose body is in no cache. @returns whether the standby was read for it */
async function readsStandby({ http, statements }: Host, user: string): Promise<boolean> {
  statements.length = 0;
  const from = new Date(Date.now() - 7 * 86_400_000 - (ids += 1)).toISOString();
  expect((await http.get(`/overview?from=${from}`, { user })).status).toBe(200);
  return statements.some((sql) => sql.includes('model_calls'));
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + 60_000;
  while (!(await isTrue())) {
    if (performance.now() > endMs) throw new Error('It did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

describe.skipIf(programs === null)('a usage with a hot standby', () => {
  beforeAll(async () => {
    pair = await createStandbyPair(programs ?? '');
    const usage = openTestUsage({ database: pair.primary.url });
    await usage.migrate();
    await usage.stop();
  });

  afterAll(async () => {
    await pair.close();
  });

  test('reads responses from it, as of what it has replayed', async () => {
    await withHosts(2, async (writer, other) => {
      await writer.usage.calls.record(callsOf('alice', 3));
      await untilReplayed();
      await pauseReplay();
      const pausedAtMs = Date.now();
      await writer.usage.calls.record(callsOf('alice', 4));
      const older = await other.overview('alice');
      expect(older.totals.calls).toBe(3);
      expect(Date.parse(older.freshness.asOf)).toBeLessThanOrEqual(pausedAtMs);
      expect(other.statements.some((sql) => sql.includes('model_calls'))).toBe(true);
      await resumeReplay();
      await until(async () => (await other.overview('alice')).totals.calls === 7);
    });
  });

  test('shows a process its own calls, and no older body under their tag', async () => {
    await withHosts(2, async (writer, other) => {
      await writer.usage.calls.record(callsOf('bob', 2));
      await untilReplayed();
      // The first reads the version that the standby must have, the second reads the standby.
      await writer.overview('bob');
      const first = await writer.overview('bob');
      expect(await readsStandby(writer, 'bob')).toBe(true);
      await pauseReplay();
      await writer.usage.calls.record(callsOf('bob', 5));
      for (let turn = 0; turn < 3; turn += 1) {
        const own = await writer.overview('bob');
        expect(own.totals.calls).toBe(7);
        expect(own.etag).not.toBe(first.etag);
        const older = await other.overview('bob');
        expect(older.totals.calls).toBe(2);
        const again = { user: 'bob', headers: { 'if-none-match': own.etag } };
        expect((await other.http.get('/overview', again)).status).toBe(200);
        expect((await writer.http.get('/overview', again)).status).toBe(304);
      }
      await resumeReplay();
      await untilReplayed();
      expect((await writer.overview('bob')).totals.calls).toBe(7);
      expect(await readsStandby(writer, 'bob')).toBe(true);
    });
  });

  test('shows nothing of a user whom the process erased', async () => {
    await withHosts(1, async (host) => {
      await host.usage.calls.record(callsOf('carol', 2));
      await untilReplayed();
      await host.overview('carol');
      expect((await host.overview('carol')).totals.calls).toBe(2);
      await pauseReplay();
      await host.usage.erase('carol');
      for (let turn = 0; turn < 3; turn += 1) {
        expect((await host.overview('carol')).totals.calls).toBe(0);
      }
    });
  });

  test('asks the primary for a project that it has not got yet', async () => {
    await withHosts(2, async (writer, other) => {
      await writer.usage.calls.record(callsOf('dave', 1));
      await untilReplayed();
      await pauseReplay();
      await writer.usage.calls.record(callsOf('dave', 1).map((c) => ({ ...c, appDid: 'new' })));
      const { status } = await other.http.get('/projects/new/stats', { user: 'dave' });
      expect(status).toBe(200);
    });
  });

  test('is left out while it lags', async () => {
    const host = await openHost(pair.standby.url, 1);
    try {
      await untilReplayed();
      await pauseReplay();
      const usage = openTestUsage({ database: pair.primary.url });
      await usage.calls.record(callsOf('erin', 3));
      await usage.stop();
      await new Promise((resolve) => setTimeout(resolve, 1100));
      expect((await host.overview('erin')).totals.calls).toBe(3);
    } finally {
      await resumeReplay();
      await host.close();
    }
  });

  test('answers whole while it replays, and while it cancels statements to replay', async () => {
    await withHosts(2, async (writer, other) => {
      const primary = knex({ client: 'pg', connection: pair.primary.url });
      const endMs = performance.now() + 3000;
      let last = 0;
      const write = async (): Promise<void> => {
        while (performance.now() < endMs) await writer.usage.calls.record(callsOf('frank', 2));
      };
      const lock = async (): Promise<void> => {
        while (performance.now() < endMs) {
          await primary.transaction(async (trx) => {
            await trx.raw('lock table model_calls in access exclusive mode');
          });
        }
      };
      const read = async (): Promise<void> => {
        let seen = 0;
        while (performance.now() < endMs) {
          const { totals, byType } = await other.overview('frank');
          expect(totals.calls % 2).toBe(0);
          expect(byType.reduce((sum, part) => sum + part.calls, 0)).toBe(totals.calls);
          seen = Math.max(seen, totals.calls);
        }
        last = Math.max(last, seen);
      };
      await Promise.all([write(), write(), lock(), read(), read(), read(), read()]);
      await primary.destroy();
      expect(last).toBeGreaterThan(0);
      const { rows } = await pair.admin.raw<{ rows: { n: string }[] }>(
        `select confl_lock as n from pg_stat_database_conflicts where datname = 'postgres'`,
      );
      expect(Number(rows[0]?.n)).toBeGreaterThan(0);
    });
  });

  test('is done without while it is silent, and while it is down', async () => {
    const proxy = await openProxy(pair.standby.port);
    const host = await openHost(pair.standby.url.replace(/:\d+\//, `:${proxy.port}/`));
    const usage = openTestUsage({ database: pair.primary.url });
    try {
      await usage.calls.record(callsOf('grace', 3));
      await untilReplayed();
      expect((await host.overview('grace')).totals.calls).toBe(3);
      await usage.calls.record(callsOf('grace', 1));
      proxy.freezeAll();
      expect((await host.overview('grace')).totals.calls).toBe(4);
      await usage.calls.record(callsOf('grace', 1));
      await pair.standby.kill();
      expect((await host.overview('grace')).totals.calls).toBe(5);
      await pair.standby.start();
      await until(() => readsStandby(host, 'grace'));
      expect((await host.overview('grace')).totals.calls).toBe(5);
    } finally {
      await host.close();
      await usage.stop();
      await proxy.close();
    }
  });
});
