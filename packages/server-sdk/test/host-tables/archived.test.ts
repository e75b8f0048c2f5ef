import { createServer } from 'node:http';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { describe, expect, test } from 'vitest';
import { aigneHubCalls, createUsage, staticQuota, type Usage } from '../../src/index.js';
import { NOW_MS, listen, silentLogger, type TestServer } from '../helpers/create-test-usage.js';
import {
  createHub,
  hubCalls,
  openHub,
  writeHubCalls,
  type HubCall,
} from '../helpers/hub-database.js';
import { openDatabase } from '../../src/db/database.js';
import { RollupRun } from '../../src/rollup/rollup-run.js';
import { rollUpUser } from '../../src/rollup/roll-up-user.js';
import { createCallSource } from '../../src/source/mapped-calls.js';
import { createRunOptions } from '../helpers/create-run-options.js';
import { takeSqliteFirst } from '../helpers/take-servers.js';
import { sqliteServer, type DatabaseServer } from '../helpers/test-databases.js';
import { readCount } from '../helpers/test-size.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const USERS = ['did:abt:user-0', 'did:abt:user-1', 'did:abt:user-2'];
/** UTC, a zone on full hours, one on half hours, one on quarters. */
const OFFSET_MINUTES = {
  UTC: 0,
  'Asia/Shanghai': 480,
  'Asia/Kolkata': 330,
  'Asia/Kathmandu': 345,
};
const DAYS = 30;
const servers = await takeSqliteFirst();
const RUNS = readCount('PROPERTY_RUNS', { few: 1, more: 2 });

/** A Hub with calls of thirty days, and a usage over it. */
class Archivist {
  readonly clock = { nowMs: NOW_MS };
  config!: Knex.Config;
  hub!: Knex;
  usage!: Usage;
  http!: TestServer;
  close!: () => Promise<void>;

  static async open(server: DatabaseServer, calls: readonly HubCall[]): Promise<Archivist> {
    const host = new Archivist();
    const database = await server.create();
    host.config = database.config;
    host.hub = openHub(database.config);
    await createHub(host.hub, calls);
    host.usage = createUsage({
      database: database.config,
      calls: aigneHubCalls(),
      authenticate: ({ headers }) => ({ userDid: String(headers['x-user']) }),
      quota: staticQuota({
        entries: [{ id: 'g', kind: 'grant', amount: '900000000000', occurredAt: 0 }],
      }),
      rollup: false,
      logger: silentLogger,
      clock: { now: () => host.clock.nowMs },
    });
    await host.usage.migrate();
    host.http = await listen(createServer(host.usage.callback()), '/api/usage');
    host.close = async () => {
      await host.http.close();
      await host.usage.stop();
      await host.hub.destroy();
      await database.drop();
    };
    return host;
  }

  /** What the Hub's job does: moves rows elsewhere by age, and updates nothing else. @returns how many */
  async archive(beforeMs: number): Promise<number> {
    const isOld = (query: Knex.QueryBuilder): Knex.QueryBuilder =>
      query.where('callTime', '<', Math.floor(beforeMs / 1000));
    if (!(await this.hub.schema.hasTable('Archive'))) {
      await this.hub.raw('create table ?? as select * from ?? where 1 = 0', [
        'Archive',
        'ModelCalls',
      ]);
    }
    await this.hub('Archive').insert(isOld(this.hub('ModelCalls')));
    return Number(await isOld(this.hub('ModelCalls')).delete());
  }

  /** Every answer but lists of calls, without the instant at which it was given and what it says of archived calls. */
  async readAnswers(): Promise<Map<string, unknown>> {
    const answers = new Map<string, unknown>();
    for (const user of USERS) {
      const paths = ['/quota', '/quota-details'];
      for (const [zone, minutes] of Object.entries(OFFSET_MINUTES)) {
        const range = rangeOf(zone, minutes);
        paths.push(`/overview?${range}`, `/projects?${range}&sortBy=calls`);
        paths.push(`/trends?${range}&granularity=day`);
        for (const appDid of ['app-1', 'unassigned']) {
          const project = `/projects/${appDid}`;
          paths.push(`${project}/stats?${range}`, `${project}/models?${range}`);
          paths.push(`${project}/trends?${range}&granularity=day`);
        }
      }
      for (const path of paths) {
        const { status, text, body } = await this.http.get<Record<string, unknown>>(path, { user });
        expect(status, text).toBe(200);
        const { freshness: _freshness, ...rest } = body;
        answers.set(`${user} ${path}`, rest);
      }
    }
    return answers;
  }

  async readTotal(user: string, appDid: string): Promise<number> {
    const path = `/projects/${appDid}/calls?${rangeOf('UTC', 0)}`;
    const { body } = await this.http.get<{ total: number }>(path, { user });
    return body.total;
  }
}

/** The last thirty full days of a zone and today. */
function rangeOf(zone: string, minutes: number): string {
  const offsetMs = minutes * 60_000;
  const todayMs = Math.floor((NOW_MS + offsetMs) / DAY_MS) * DAY_MS - offsetMs;
  return `from=${todayMs - DAYS * DAY_MS}&to=${NOW_MS}&timeZone=${zone}`;
}

const RANGE = { from: NOW_MS - 40 * DAY_MS, to: NOW_MS };

describe.each(servers)('calls that the Hub has moved away, on $name', (server) => {
  const isSqlite = server.name === 'SQLite';

  test('count as before in every zone, and are not rebuilt', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          count: isSqlite ? fc.integer({ min: 300, max: 1500 }) : fc.constant(400),
          // Rolled up before; to the second, so that an hour is cut.
          agesMs: fc
            .array(fc.integer({ min: 2 * HOUR_MS, max: 31 * DAY_MS }), {
              minLength: 1,
              maxLength: 3,
            })
            .map((ages) => ages.sort((a, b) => b - a)),
          passesHours: fc.boolean(),
        }),
        async ({ count, agesMs, passesHours }) => {
          const host = await Archivist.open(server, hubCalls(count, NOW_MS, DAYS));
          try {
            await host.usage.rollup.run();
            const before = await host.readAnswers();
            for (const ageMs of agesMs) {
              await host.archive(NOW_MS - ageMs);
              if (passesHours) host.clock.nowMs += HOUR_MS;
              await host.usage.rollup.run();
              await host.usage.rollup.run();
            }
            host.clock.nowMs = NOW_MS;
            const after = await host.readAnswers();
            for (const [path, answer] of before) expect(after.get(path), path).toEqual(answer);
            const report = await host.usage.rollup.verify(RANGE);
            expect(report).toMatchObject({ differences: [], pendingHours: 0 });
          } finally {
            await host.close();
          }
        },
      ),
      { numRuns: isSqlite ? RUNS : 1, endOnFailure: true },
    );
  });

  test('are named by every answer, and refuse to be rebuilt', async () => {
    const host = await Archivist.open(server, hubCalls(400, NOW_MS, DAYS));
    const archivedMs = Math.floor(NOW_MS / DAY_MS) * DAY_MS - 9 * DAY_MS;
    const user = 'did:abt:user-1';
    await host.usage.rollup.run();
    const before = await host.readAnswers();
    expect(await host.archive(archivedMs)).toBeGreaterThan(100);
    // A rebuild before the next run loses nothing either.
    await expect(host.usage.rollup.rebuild(RANGE)).rejects.toMatchObject({
      code: 'CALLS_ARCHIVED',
      message: expect.stringContaining('no longer in the table') as string,
    });
    await host.usage.rollup.run();
    const { archivedBefore } = await host.usage.rollup.status();
    const horizonMs = Date.parse(archivedBefore ?? '');
    expect(horizonMs).toBeGreaterThanOrEqual(archivedMs);
    expect(horizonMs).toBeLessThan(archivedMs + 6 * HOUR_MS);
    const { body } = await host.http.get<{ freshness: { archivedBefore: string } }>(
      `/overview?${rangeOf('UTC', 0)}`,
      { user },
    );
    expect(Date.parse(body.freshness.archivedBefore)).toBe(horizonMs);
    await expect(host.usage.rollup.rebuild({ ...RANGE, userDid: user })).rejects.toMatchObject({
      code: 'CALLS_ARCHIVED',
    });
    await host.usage.rollup.rebuild({ from: horizonMs, to: NOW_MS });
    expect(await host.readAnswers()).toEqual(before);
    expect((await host.usage.rollup.verify(RANGE)).differences).toEqual([]);
    const rows = await host
      .hub('ModelCalls')
      .where({ userDid: user, appDid: 'app-1' })
      .count({ n: '*' });
    expect(await host.readTotal(user, 'app-1')).toBe(Number(rows[0]?.['n']));
    await host.close();
  });

  test('and rows that the host deleted are not in the total of a list', async () => {
    const host = await Archivist.open(server, hubCalls(300, NOW_MS, DAYS));
    await host.usage.rollup.run();
    const user = 'did:abt:user-1';
    const own = { userDid: user, appDid: 'app-1' };
    const recent = await host.hub('ModelCalls').where(own).orderBy('callTime', 'desc').first('id');
    await host
      .hub('ModelCalls')
      .where({ id: (recent as { id: string }).id })
      .delete();
    const [rows] = await host.hub('ModelCalls').where(own).count({ n: '*' });
    expect(await host.readTotal(user, 'app-1')).toBe(Number(rows?.['n']));
    await host.close();
  });

  test('stay as they are when rows of their last hour are written again', async () => {
    const calls = hubCalls(600, NOW_MS, DAYS);
    const host = await Archivist.open(server, calls);
    await host.usage.rollup.run();
    const before = await host.readAnswers();
    // In the middle of an hour that has calls on both sides.
    const cutMs = Math.floor((NOW_MS - 9 * DAY_MS) / HOUR_MS) * HOUR_MS + 29 * 60_000;
    await host.archive(cutMs);
    await host.usage.rollup.run();
    const left = calls
      .filter(({ callTime }) => callTime * 1000 >= cutMs)
      .sort((a, b) => a.callTime - b.callTime)
      .slice(0, 5);
    await writeHubCalls(host.hub, left, Date.now());
    await host.usage.rollup.run();
    expect(await host.readAnswers()).toEqual(before);
    expect(await host.usage.rollup.verify(RANGE)).toMatchObject({ differences: [] });
    await host.close();
  });

  test('may be all there are', async () => {
    const host = await Archivist.open(server, hubCalls(300, NOW_MS - DAY_MS, DAYS));
    await host.usage.rollup.run();
    const before = await host.readAnswers();
    await host.archive(NOW_MS - HOUR_MS);
    await host.usage.rollup.run();
    expect(await host.readAnswers()).toEqual(before);
    await expect(host.usage.rollup.rebuild(RANGE)).rejects.toMatchObject({
      code: 'CALLS_ARCHIVED',
    });
    await host.close();
  });
});

test('a rollup in progress does not rebuild an hour from what is left', async () => {
  const calls = hubCalls(400, NOW_MS, DAYS);
  const host = await Archivist.open(sqliteServer, calls);
  await host.usage.rollup.run();
  const before = await host.readAnswers();
  const user = 'did:abt:user-1';
  const late = calls.find(
    ({ userDid, callTime }) => userDid === user && callTime * 1000 < NOW_MS - 15 * DAY_MS,
  );
  const hourMs = Math.floor((late?.callTime ?? 0) / 3600) * HOUR_MS;
  await host.hub('model_call_dirty_hours').insert({ user_did: user, hour_ms: hourMs });
  // After the run has noticed nothing, and before it rebuilds.
  await host.archive(NOW_MS - 10 * DAY_MS);
  const database = openDatabase(host.config, createCallSource(aigneHubCalls(), 'USD'));
  await rollUpUser(new RollupRun(createRunOptions(database, NOW_MS, 60_000)), user);
  await database.close();
  await host.usage.rollup.run();
  expect(await host.readAnswers()).toEqual(before);
  await host.close();
});

test('a table that keeps its calls has no quarters, and is no other table', async () => {
  const host = await Archivist.open(sqliteServer, hubCalls(300, NOW_MS, DAYS));
  const keeping = createUsage({
    database: host.config,
    calls: { ...aigneHubCalls(), keepsCalls: true },
    authenticate: () => null,
    rollup: false,
    logger: silentLogger,
    clock: { now: () => NOW_MS },
  });
  await keeping.rollup.run();
  expect((await keeping.rollup.verify(RANGE)).differences).toEqual([]);
  expect(await host.hub('model_call_stats').where({ granularity: 4 })).toEqual([]);
  await expect(host.usage.rollup.run()).rejects.toThrow('keepsCalls');
  await keeping.stop();
  await host.close();
});
