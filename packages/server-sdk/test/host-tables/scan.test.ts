import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createUsage, type CallTable, type Usage } from '../../src/index.js';
import { NOW_MS, silentLogger } from '../helpers/create-test-usage.js';
import { openHub } from '../helpers/hub-database.js';
import { takeServers } from '../helpers/take-servers.js';
import { type TestDatabase } from '../helpers/test-databases.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DUE_MS = NOW_MS - (NOW_MS % HOUR_MS);
const MAPPING: CallTable = {
  table: 'spend',
  columns: {
    id: 'rid',
    userDid: 'who',
    model: 'model',
    status: 'state',
    startedAt: 'at',
    updatedAt: 'written',
  },
  timeUnit: 'ms',
  updatedAtUnit: 'ms',
};
const servers = await takeServers();
type Row = Record<string, string | number | null>;

let database: TestDatabase;
let host: Knex;
let usage: Usage;
let nowMs: number;
let last = 0;

describe.each(servers)('users of a host’s table are found, on $name', (server) => {
  beforeEach(async () => {
    database = await server.create();
    host = openHub(database.config);
    nowMs = NOW_MS;
    await host.schema.createTable('spend', (table) => {
      table.string('rid').primary();
      table.string('who', 300);
      table.string('model').notNullable();
      table.string('state').notNullable();
      table.bigInteger('at').notNullable();
      table.bigInteger('written').notNullable();
      table.index(['who', 'at']);
      table.index(['at']);
    });
  });
  afterEach(async () => {
    await usage.stop();
    await host.destroy();
    await database.drop();
  });

  const open = async (indexedByTime: boolean): Promise<void> => {
    usage = createUsage({
      database: database.config,
      authenticate: () => null,
      rollup: false,
      clock: { now: () => nowMs },
      logger: silentLogger,
      calls: { ...MAPPING, indexedByTime },
    });
    await usage.migrate();
  };
  const add = (...calls: [who: string | null, at: number][]): Promise<unknown> =>
    host('spend').insert(
      calls.map(([who, at]) => ({
        ...{ rid: `r${(last += 1)}`, who, at, model: 'm', state: 'success' },
        written: Date.now(),
      })),
    );
  const users = async (): Promise<Map<string, Row>> =>
    new Map(
      (await host<Row>('model_call_users').select('*')).map((row) => [
        String(row['user_did']),
        row,
      ]),
    );
  const callsOf = async (userDid: string): Promise<number> => {
    const range = [NOW_MS - 400 * DAY_MS, nowMs] as const;
    return (await usage.stats.getAggregatedStats(userDid, null, ...range)).calls;
  };
  const requireRight = async (counts: Record<string, number>): Promise<void> => {
    const counted = Object.keys(counts).map(async (who) => [who, await callsOf(who)] as const);
    expect(Object.fromEntries(await Promise.all(counted))).toEqual(counts);
    const range = { from: NOW_MS - 400 * DAY_MS, to: nowMs };
    expect(await usage.rollup.verify(range)).toMatchObject({ differences: [], pendingHours: 0 });
  };

  test.each([true, false])(
    'all of them at first, then those who called since; an index by time: %s',
    async (indexedByTime) => {
      await open(indexedByTime);
      // Users that a collation without case takes for one; names that name no user.
      await add(['ada', NOW_MS - 300 * DAY_MS], ['ADA', NOW_MS - 300 * DAY_MS]);
      await add(['ada', NOW_MS - DAY_MS], ['bob', NOW_MS - 3 * DAY_MS], ['eve', NOW_MS - 60_000]);
      await add([null, NOW_MS - DAY_MS], ['', NOW_MS - DAY_MS], ['x'.repeat(280), NOW_MS - DAY_MS]);
      // Each look goes back some minutes: these are not to be found by what was written.
      await host('spend').update({ written: Date.now() - HOUR_MS });
      await usage.rollup.run();
      const first = await users();
      // Eve's call is of an hour that goes on.
      expect([...first.keys()].sort()).toEqual(['ADA', 'ada', 'bob']);
      const [scan] = await host<Row>('model_call_rollups');
      expect(Number((scan as Row)['scanned_through_ms'])).toBe(DUE_MS);
      await requireRight({ ada: 2, ADA: 1, bob: 1, eve: 1 });

      await add(['carol', NOW_MS + 60_000], ['bob', NOW_MS + 60_000]);
      nowMs += 2 * HOUR_MS;
      await usage.rollup.run();
      const second = await users();
      expect([...second.keys()].sort()).toEqual(['ADA', 'ada', 'bob', 'carol', 'eve']);
      for (const [userDid, { version }] of first) {
        const isTouched = Number(second.get(userDid)?.['version']) > Number(version);
        expect([userDid, isTouched]).toEqual([userDid, userDid === 'bob']);
      }
      await requireRight({ ada: 2, ADA: 1, bob: 2, carol: 1, eve: 1 });
    },
  );

  test('rows that were written since the last scan mark their hours, or make their user due', async () => {
    await open(true);
    await add(['ada', NOW_MS - 50 * HOUR_MS], ['bob', NOW_MS - 50 * HOUR_MS]);
    await usage.rollup.run();
    // Late: in an hour that is claimed, and of a new user.
    await add(['ada', NOW_MS - 90 * HOUR_MS], ['late', NOW_MS - 90 * HOUR_MS]);
    await host('spend').where('who', 'bob').update({ state: 'failed', written: Date.now() });
    await usage.rollup.run();
    await requireRight({ ada: 2, bob: 1, late: 1 });
    const bob = await usage.stats.getAggregatedStats('bob', null, NOW_MS - DAY_MS * 5, NOW_MS);
    expect(bob.failedCalls).toBe(1);
  });

  test('an hour that another instance has claimed meanwhile is marked', async () => {
    await open(true);
    await add(['ada', NOW_MS - 50 * HOUR_MS]);
    await usage.rollup.run();
    await add(['ada', DUE_MS + 60_000], ['ada', DUE_MS + HOUR_MS], ['ada', DUE_MS + 3 * HOUR_MS]);
    // Another instance, with a clock ahead, was killed after it had claimed two hours.
    await host('model_call_users').update({ claimed_through_ms: DUE_MS + 2 * HOUR_MS });
    nowMs += 5 * HOUR_MS;
    await usage.rollup.run();
    await requireRight({ ada: 4 });
  });
});
