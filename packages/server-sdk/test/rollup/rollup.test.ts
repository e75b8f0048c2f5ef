import knex, { type Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRollupScheduler, createUsage, type ModelCallInput } from '../../src/index.js';
import { NOW_MS, createTestUsageOn, type TestUsage } from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';
import { sqliteServer } from '../helpers/test-databases.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOUR_START_MS = Math.floor(NOW_MS / HOUR_MS) * HOUR_MS;
const ALL = { from: NOW_MS - 400 * DAY_MS, to: NOW_MS + DAY_MS };

let host: TestUsage;

/** Another program with the same database. */
function openOther(): Knex {
  return knex({ ...host.config, useNullAsDefault: true, pool: { min: 1, max: 1 } });
}

function call(startedAt: number, changes: Partial<ModelCallInput> = {}): ModelCallInput {
  return {
    userDid: 'alice',
    appDid: 'app',
    model: 'm',
    status: 'success',
    startedAt,
    durationMs: 100,
    credits: '0.1',
    ...changes,
  };
}

async function totals(): Promise<{
  calls: number;
  credits: string | null;
  processingCalls: number;
}> {
  return host.usage.stats.getAggregatedStats('alice', 'app', ALL.from, ALL.to);
}

async function differences(): Promise<unknown[]> {
  return (await host.usage.rollup.verify(ALL)).differences;
}

const servers = await takeServers();

describe.each(servers)('on $name', (server) => {
  beforeEach(async () => {
    host = await createTestUsageOn(server);
  });
  afterEach(() => host.close());

  describe('an hour', () => {
    test('is rolled up once its grace is over, and not before', async () => {
      await host.usage.calls.record(call(NOW_MS - HOUR_MS));
      host.clock.nowMs = Date.UTC(2026, 10, 22, 10, 4, 59);
      expect((await host.usage.rollup.run()).hours).toBe(0);
      host.clock.nowMs = Date.UTC(2026, 10, 22, 10, 5);
      expect((await host.usage.rollup.run()).hours).toBe(1);
      expect((await host.usage.rollup.status()).rolledUpThrough).toBe('2026-11-22T10:00:00.000Z');
    });

    test('with more calls than are read at a time adds up, between quiet ones', async () => {
      const callsOf = new Map([
        [60, 3],
        [9, 1],
        [8, 7000],
        [7, 6000],
        [6, 2],
        [3, 5000],
      ]);
      const calls = [...callsOf].flatMap(([hoursAgo, count]) =>
        Array.from({ length: count }, (_, index) =>
          call(HOUR_START_MS - hoursAgo * HOUR_MS + Math.floor((index * (HOUR_MS - 1)) / count), {
            userDid: index % 3 === 0 ? 'bob' : 'alice',
            model: `m${index % 5}`,
          }),
        ),
      );
      for (let start = 0; start < calls.length; start += 1000) {
        await host.usage.calls.record(calls.slice(start, start + 1000));
      }
      expect((await host.usage.rollup.run()).hours).toBe(callsOf.size);
      const ofAlice = calls.filter(({ userDid }) => userDid === 'alice').length;
      expect((await totals()).calls).toBe(ofAlice);
      expect((await totals()).credits).toBe(String(ofAlice / 10));
      expect(await differences()).toEqual([]);
    });

    test('rolled up twice is as it was', async () => {
      await host.usage.calls.record(call(NOW_MS - 5 * HOUR_MS));
      await host.usage.rollup.run();
      const before = await totals();
      await host.usage.rollup.rebuild(ALL);
      await host.usage.rollup.rebuild(ALL);
      expect(await totals()).toEqual(before);
      expect(await differences()).toEqual([]);
    });
  });

  describe('a call that comes after its hour was rolled up', () => {
    beforeEach(async () => {
      await host.usage.calls.record([
        call(NOW_MS - 70 * DAY_MS, { id: 'old' }),
        call(NOW_MS - 3 * HOUR_MS, { id: 'running', status: 'processing' }),
      ]);
      await host.usage.rollup.run();
    });

    test('counts immediately, and in its hour, day and month within one run', async () => {
      await host.usage.calls.record(call(NOW_MS - 68 * DAY_MS, { id: 'late' }));
      expect((await totals()).calls).toBe(3);
      expect((await host.usage.rollup.status()).dirtyHours).toBe(1);
      expect((await host.usage.rollup.run()).rebuiltHours).toBe(1);
      expect((await host.usage.rollup.status()).dirtyHours).toBe(0);
      expect((await totals()).calls).toBe(3);
      expect(await differences()).toEqual([]);
    });

    test('may lie before everything that was known', async () => {
      await host.usage.calls.record(call(NOW_MS - 300 * DAY_MS, { id: 'earlier' }));
      expect((await totals()).calls).toBe(3);
      await host.usage.rollup.run();
      expect((await totals()).calls).toBe(3);
      expect(await differences()).toEqual([]);
    });

    test('ends three hours later', async () => {
      expect((await totals()).processingCalls).toBe(1);
      await host.usage.calls.record(call(NOW_MS - 3 * HOUR_MS, { id: 'running' }));
      expect(await totals()).toMatchObject({ calls: 2, processingCalls: 0, credits: '0.2' });
      await host.usage.rollup.run();
      expect(await totals()).toMatchObject({ calls: 2, processingCalls: 0, credits: '0.2' });
    });

    test('is corrected into another hour, and counts there alone', async () => {
      await host.usage.calls.record(call(NOW_MS - 30 * DAY_MS, { id: 'old', credits: '5' }));
      expect(await totals()).toMatchObject({ calls: 2, credits: '5.1' });
      await host.usage.rollup.run();
      expect(await totals()).toMatchObject({ calls: 2, credits: '5.1' });
      expect(await differences()).toEqual([]);
    });
  });

  describe('verify', () => {
    test('names a row that is not what its calls add up to, and rebuild repairs it', async () => {
      await host.usage.calls.record([call(NOW_MS - 50 * DAY_MS), call(NOW_MS - 2 * HOUR_MS)]);
      await host.usage.rollup.run();
      const other = openOther();
      await other('model_call_stats')
        .where({ granularity: 3, scope: 0 })
        .increment('credits_e8', 1);
      await other.destroy();

      const { differences: found } = await host.usage.rollup.verify(ALL);
      expect(found).toHaveLength(2);
      expect(found[0]).toMatchObject({
        granularity: 'hour',
        userDid: 'alice',
        scope: 'user',
        expected: { credits: '0.1' },
        actual: { credits: '0.10000001' },
      });
      await host.usage.rollup.rebuild({ ...ALL, userDid: 'alice' });
      expect(await differences()).toEqual([]);
    });

    test('takes a type that another program made up for a custom one', async () => {
      const other = openOther();
      await other('model_calls').insert({
        ...{ user_did: 'alice', id: 'odd', app_did: 'app', model: 'm', type: 'telepathy' },
        ...{ status: 'success', started_at_ms: NOW_MS - 3 * HOUR_MS },
      });
      await other.destroy();
      await host.usage.calls.record(call(NOW_MS - 3 * HOUR_MS, { type: 'custom' }));
      await host.usage.rollup.run();
      expect((await totals()).calls).toBe(2);
      expect(await differences()).toEqual([]);
    });

    test('reports a row whose calls are gone', async () => {
      await host.usage.calls.record(call(NOW_MS - 2 * HOUR_MS));
      await host.usage.rollup.run();
      const other = openOther();
      await other('model_calls').delete();
      // As if the marks of the change had been lost.
      await other('model_call_dirty_hours').delete();
      await other.destroy();
      const { differences: found } = await host.usage.rollup.verify(ALL);
      expect(found.map(({ scope }) => scope).sort()).toEqual(['project', 'user', 'userModel']);
      expect(found.every(({ expected, actual }) => expected === null && actual?.calls === 1)).toBe(
        true,
      );
      await host.usage.rollup.rebuild(ALL);
      expect((await totals()).calls).toBe(0);
    });
  });

  describe('several instances', () => {
    test('share the work, and lose nothing', async () => {
      const options = {
        database: host.config,
        authenticate: () => null,
        rollup: false as const,
        clock: host.clock,
      };
      const others = [createUsage(options), createUsage(options)];
      await host.usage.calls.record(
        Array.from({ length: 200 }, (_, index) => call(NOW_MS - index * HOUR_MS)),
      );
      const runs = [host.usage, ...others].map((usage) => usage.rollup.run());
      const reports = await Promise.all(runs);
      expect(reports.reduce((sum, { hours }) => sum + hours, 0)).toBe(199);
      expect((await totals()).calls).toBe(200);
      expect(await differences()).toEqual([]);
      await Promise.all(others.map((usage) => usage.stop()));
    });

    test('one that was overtaken writes no more of the user', async () => {
      const hours = 3000;
      await host.usage.calls.record(
        Array.from({ length: hours }, (_, index) => call(NOW_MS - index * HOUR_MS)),
      );
      const own = openOther();
      const usage = createUsage({
        database: own,
        authenticate: () => null,
        rollup: false,
        clock: host.clock,
      });
      const takeovers: Promise<unknown>[] = [];
      const report = await usage.rollup.run({
        onProgress: () => {
          // Queued for the only connection ahead of the run's next transaction.
          if (takeovers.length > 0) return;
          takeovers.push(own('model_call_users').increment('rollup_revision', 1).then());
        },
      });
      expect(report.hours).toBeLessThan(hours - 1);
      await Promise.all(takeovers);
      await own.destroy();
      expect(await host.usage.rollup.status()).toMatchObject({ lastFailure: null });
      expect((await totals()).calls).toBe(hours);
      expect(await differences()).toEqual([]);
      await host.usage.rollup.run();
      expect((await host.usage.rollup.run()).hours).toBe(0);
      expect((await totals()).calls).toBe(hours);
      expect(await differences()).toEqual([]);
    });
  });

  test('a run that is stopped half-way is carried on by the next', async () => {
    const all = 3000;
    await host.usage.calls.record(
      Array.from({ length: all }, (_, index) => call(NOW_MS - index * HOUR_MS)),
    );
    const stopping = new AbortController();
    const { hours } = await host.usage.rollup.run({
      signal: stopping.signal,
      onProgress: (progress) => {
        if (progress.hours >= 17) stopping.abort();
      },
    });
    // What was built with it is committed with it.
    expect(hours).toBeGreaterThanOrEqual(17);
    expect(hours).toBeLessThan(all - 1);
    expect((await totals()).calls).toBe(all);
    expect((await host.usage.rollup.run()).hours).toBe(all - 1 - hours);
    expect((await totals()).calls).toBe(all);
  });
});

describe('the scheduler', () => {
  beforeEach(async () => {
    host = await createTestUsageOn(sqliteServer);
  });
  afterEach(() => host.close());

  test('rolls up immediately, and leaves no connection or lease when stopped', async () => {
    await host.usage.calls.record(call(NOW_MS - 3 * HOUR_MS));
    const scheduler = createRollupScheduler({
      database: host.config,
      clock: host.clock,
      rollup: { cron: '0 0 1 1 *' },
    });
    scheduler.start();
    scheduler.start();
    await vi.waitFor(
      async () => {
        expect((await host.usage.rollup.status()).rolledUpThrough).not.toBeNull();
      },
      { timeout: 30_000 },
    );
    await scheduler.stop();
    expect((await host.usage.rollup.status()).owner).toBeNull();
  });

  test('passes an error to onError instead of ending the process', async () => {
    const errors: unknown[] = [];
    const scheduler = createRollupScheduler({
      database: 'sqlite::memory:',
      onError: (error, context) => errors.push([error, context]),
    });
    scheduler.start();
    await scheduler.stop();
    expect(errors).toEqual([
      [expect.objectContaining({ code: 'SQLITE_ERROR' }), { job: 'rollup' }],
    ]);
  });

  test('refuses a cron expression that is none', () => {
    const scheduler = createRollupScheduler({
      database: 'sqlite::memory:',
      rollup: { cron: 'now and then' },
    });
    expect(() => {
      scheduler.start();
    }).toThrow('rollup.cron');
  });
});
