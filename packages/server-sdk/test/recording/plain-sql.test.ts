import knex, { type Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NOW_MS, createTestUsageOn, type TestUsage } from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';
import { availableServers, sqliteServer, type DatabaseServer } from '../helpers/test-databases.js';

const HOUR_MS = 3_600_000;
const servers = await availableServers();

let host: TestUsage;
/** Another program: it knows the table and nothing of the SDK. */
let other: Knex;

const CALL = {
  userDid: 'alice',
  appDid: 'app',
  model: 'm',
  status: 'success',
  startedAt: NOW_MS - 5 * HOUR_MS,
  durationMs: 100,
  credits: '1',
} as const;
const ROW = {
  user_did: 'alice',
  id: 'late',
  app_did: 'app',
  model: 'm',
  status: 'success',
  started_at_ms: NOW_MS - 4 * HOUR_MS,
  credits_e8: 200_000_000,
};

const figures = async (userDid = 'alice'): Promise<unknown> => {
  const range = [NOW_MS - 100 * HOUR_MS, NOW_MS] as const;
  const { calls, failedCalls, credits } = await host.usage.stats.getAggregatedStats(
    userDid,
    'app',
    ...range,
  );
  return { calls, failedCalls, credits };
};
const dirtyHours = async (): Promise<number> => (await host.usage.rollup.status()).dirtyHours;
const version = async (userDid = 'alice'): Promise<number> => {
  const row = await other<{ version: number | string }>('model_call_users')
    .where('user_did', userDid)
    .first('version');
  return Number(row?.version ?? 0);
};

/** The figures immediately, and after the next rollup, which leaves nothing to repair. */
async function expectFigures(expected: Record<string, unknown>): Promise<void> {
  for (const rolledUp of [false, true]) {
    if (rolledUp) await host.usage.rollup.run();
    for (const [userDid, ofUser] of Object.entries(expected)) {
      expect([rolledUp, userDid, await figures(userDid)]).toEqual([rolledUp, userDid, ofUser]);
    }
  }
  const range = { from: NOW_MS - 100 * HOUR_MS, to: NOW_MS };
  expect(await host.usage.rollup.verify(range)).toMatchObject({ differences: [], pendingHours: 0 });
}

describe.each(await takeServers())('plain SQL on model_calls, on $name', (server) => {
  beforeEach(async () => {
    host = await createTestUsageOn(server);
    other = knex({ ...host.config, useNullAsDefault: true });
    await host.usage.calls.record([{ ...CALL, id: 'first' }]);
    await host.usage.rollup.run();
    expect(await dirtyHours()).toBe(0);
  });
  afterEach(async () => {
    await other.destroy();
    await host.close();
  });

  test('a late insert counts', async () => {
    await other('model_calls').insert(ROW);
    expect(await dirtyHours()).toBe(1);
    await expectFigures({ alice: { calls: 2, failedCalls: 0, credits: '3' } });
  });

  test('a copied row counts, although it says when the SDK wrote the original', async () => {
    const [row] = await other('model_calls').select('*').where({ id: 'first' });
    await other('model_calls').insert({ ...row, id: 'copy' });
    await expectFigures({ alice: { calls: 2, failedCalls: 0, credits: '2' } });
  });

  test('a correction of credits and of the status counts', async () => {
    await other('model_calls').where({ id: 'first' }).update({ credits_e8: 1 });
    await expectFigures({ alice: { calls: 1, failedCalls: 0, credits: '0.00000001' } });
    await other('model_calls').where({ id: 'first' }).update({ status: 'failed' });
    await expectFigures({ alice: { calls: 1, failedCalls: 1, credits: '0.00000001' } });
  });

  test('a move to another hour marks both', async () => {
    await other('model_calls')
      .where({ id: 'first' })
      .update({ started_at_ms: NOW_MS - 9 * HOUR_MS });
    expect(await dirtyHours()).toBe(2);
    await expectFigures({ alice: { calls: 1, failedCalls: 0, credits: '1' } });
  });

  test('a move to another user counts for both', async () => {
    await other('model_calls').where({ id: 'first' }).update({ user_did: 'bob' });
    await expectFigures({
      alice: { calls: 0, failedCalls: 0, credits: '0' },
      bob: { calls: 1, failedCalls: 0, credits: '1' },
    });
  });

  test('a deletion counts, and a deletion of many rows too', async () => {
    await other('model_calls').insert([ROW, { ...ROW, id: 'later' }]);
    await host.usage.rollup.run();
    await other('model_calls').where({ id: 'late' }).delete();
    await expectFigures({ alice: { calls: 2, failedCalls: 0, credits: '3' } });
    await other('model_calls').delete();
    await expectFigures({ alice: { calls: 0, failedCalls: 0, credits: '0' } });
  });

  test('what is rolled back leaves no trace', async () => {
    const before = await version();
    const work = other.transaction(async (trx) => {
      await trx('model_calls').insert(ROW);
      throw new Error('not after all');
    });
    await expect(work).rejects.toThrow('not after all');
    expect([await dirtyHours(), await version()]).toEqual([0, before]);
  });

  test('the SDK moves a call to another hour: both are marked', async () => {
    await host.usage.calls.record({ ...CALL, id: 'first', startedAt: NOW_MS - 9 * HOUR_MS });
    expect(await dirtyHours()).toBe(2);
    await expectFigures({ alice: { calls: 1, failedCalls: 0, credits: '1' } });
  });

  test('every write raises the version of its user, and of no other user', async () => {
    // It starts at the time of the first write, microseconds.
    expect(Math.abs((await version()) / 1000 - Date.now())).toBeLessThan(60_000);
    expect(await version('bob')).toBe(0);
    const raises = async (write: () => Promise<unknown>): Promise<void> => {
      const before = await version();
      await write();
      expect(await version()).toBeGreaterThan(before);
      expect(await version('bob')).toBe(0);
    };
    await raises(() => host.usage.calls.record([CALL, CALL]));
    await raises(() => other('model_calls').insert(ROW));
    await raises(() => other('model_calls').where({ id: 'late' }).update({ credits_e8: 5 }));
    await raises(() => other('model_calls').where({ id: 'late' }).delete());
  });

  test('the SDK raises a version once for a whole batch', async () => {
    const before = await version();
    await host.usage.calls.record(Array.from({ length: 500 }, () => CALL));
    expect(await version()).toBe(before + 1);
  });

  test('a rollup waits for a plain writer that began before it, and misses nothing', async () => {
    const nextHour = NOW_MS - (NOW_MS % HOUR_MS) + 1;
    host.clock.nowMs = NOW_MS + HOUR_MS;
    if (server.name === 'SQLite') {
      await other('model_calls').insert({ ...ROW, started_at_ms: nextHour });
    } else {
      const trx = await other.transaction();
      await trx('model_calls').insert({ ...ROW, started_at_ms: nextHour });
      const run = host.usage.rollup.run();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await trx.commit();
      await run;
    }
    await host.usage.rollup.run();
    const range = { from: NOW_MS - 100 * HOUR_MS, to: host.clock.nowMs };
    expect(await host.usage.rollup.verify(range)).toMatchObject({
      differences: [],
      pendingHours: 0,
    });
    const { calls } = await host.usage.stats.getAggregatedStats(
      'alice',
      'app',
      range.from,
      range.to,
    );
    expect(calls).toBe(2);
  });
});

describe('plain SQL of one database', () => {
  const only = (name: string): DatabaseServer[] => servers.filter((server) => server.name === name);

  afterEach(async () => {
    await other.destroy();
    await host.close();
  });

  const begin = async (server: DatabaseServer): Promise<void> => {
    host = await createTestUsageOn(server);
    other = knex({ ...host.config, useNullAsDefault: true });
    await host.usage.calls.record([{ ...CALL, id: 'first' }]);
    await host.usage.rollup.run();
  };

  test.each(['replace', 'ignore'])('SQLite: insert or %s', async (how) => {
    await begin(sqliteServer);
    await other.raw(
      `insert or ${how} into model_calls (user_did, id, app_did, model, status, started_at_ms, credits_e8)
       values ('alice', 'first', 'app', 'm', 'success', ${NOW_MS - 9 * HOUR_MS}, 7)`,
    );
    const credits = how === 'replace' ? '0.00000007' : '1';
    await expectFigures({ alice: { calls: 1, failedCalls: 0, credits } });
  });

  test.each(only('MariaDB'))('MariaDB: replace into', async (server) => {
    await begin(server);
    await other.raw(
      `replace into model_calls (user_did, id, app_did, model, status, started_at_ms, credits_e8)
       values ('alice', 'first', 'app', 'm', 'success', ${NOW_MS - 9 * HOUR_MS}, 7)`,
    );
    await expectFigures({ alice: { calls: 1, failedCalls: 0, credits: '0.00000007' } });
  });

  test.each(only('PostgreSQL'))('PostgreSQL: truncate, and from another schema', async (server) => {
    await begin(server);
    await other.transaction(async (trx) => {
      await trx.raw(`set local search_path to pg_catalog`);
      await trx.raw(
        `insert into public.model_calls (user_did, id, app_did, model, status, started_at_ms, credits_e8)
         values ('alice', 'other', 'app', 'm', 'success', ${NOW_MS - 9 * HOUR_MS}, 7)`,
      );
    });
    await expectFigures({ alice: { calls: 2, failedCalls: 0, credits: '1.00000007' } });
    await other.raw('truncate model_calls');
    await expectFigures({ alice: { calls: 0, failedCalls: 0, credits: '0' } });
  });

  test.each(only('PostgreSQL'))(
    'PostgreSQL: a transaction raises a version once, and again after a savepoint took it back',
    async (server) => {
      await begin(server);
      const before = await version();
      const hours = [
        ROW,
        { ...ROW, id: 'b' },
        { ...ROW, id: 'c', started_at_ms: NOW_MS - 9 * HOUR_MS },
      ];
      await other.transaction(async (trx) => {
        await trx.raw('savepoint work');
        await trx('model_calls').insert(hours);
        await trx.raw('rollback to savepoint work');
        await trx('model_calls').insert(hours);
        await trx('model_calls').insert({ ...ROW, id: 'd' });
      });
      expect([await version(), await dirtyHours()]).toEqual([before + 1, 2]);
      await other('model_calls').insert({ ...ROW, id: 'e' });
      expect(await version()).toBe(before + 2);
      await expectFigures({ alice: { calls: 6, failedCalls: 0, credits: '11' } });
    },
  );
});
