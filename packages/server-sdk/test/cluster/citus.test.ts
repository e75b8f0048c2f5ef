import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import knex, { type Knex } from 'knex';
import { describe, expect, test } from 'vitest';
import { distribute, planDistribution } from '../../src/db/distribute.js';
import type { ModelCallInput } from '../../src/index.js';
import { openTestUsage } from '../helpers/create-test-usage.js';
import { HistoryPlayer } from '../helpers/history-player.js';
import { histories } from '../helpers/random-histories.js';
import type { DatabaseServer } from '../helpers/test-databases.js';

/** The coordinator of a Citus cluster, with a database whose `citus` extension knows its workers; its schemas are made and dropped. */
const coordinator = process.env['TEST_CITUS_URL'] ?? '';
if (coordinator === '') {
  console.warn('\n*** NOT TESTED: Citus. TEST_CITUS_URL names the coordinator ***\n');
}
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 3);
const HOUR_MS = 3_600_000;
const NOW_MS = Date.UTC(2026, 10, 22, 10, 20);

async function withKnex<T>(config: Knex.Config, work: (own: Knex) => Promise<T>): Promise<T> {
  const own = knex(config);
  try {
    return await work(own);
  } finally {
    await own.destroy();
  }
}

/** A schema of the coordinator, because each database of a cluster needs the extension and its workers. */
const citus: DatabaseServer = {
  name: 'PostgreSQL',
  create: async () => {
    const schema = `usage_kit_test_${randomBytes(6).toString('hex')}`;
    const admin = { client: 'pg', connection: coordinator };
    await withKnex(admin, (own) => own.raw(`create schema ${schema}`));
    const url = new URL(coordinator);
    url.searchParams.set('options', `-c search_path=${schema},public`);
    const config = { client: 'pg', connection: url.toString(), pool: { min: 0, max: 4 } };
    const usage = openTestUsage({ database: config });
    await usage.migrate();
    await usage.stop();
    await withKnex(config, async (own) => {
      await distribute(own, await planDistribution(own, 'citus'));
    });
    return {
      config,
      drop: () =>
        withKnex(admin, async (own) => {
          await own.raw(`drop schema ${schema} cascade`);
        }),
    };
  },
};

/** Calls of several users, some of them late. */
function callsOf(batch: number): ModelCallInput[] {
  return Array.from({ length: 200 }, (_, index) => ({
    id: `call-${batch}-${index}`,
    userDid: `user-${index % 20}`,
    appDid: `app-${index % 3}`,
    model: 'm',
    status: 'success' as const,
    startedAt: NOW_MS - (1 + ((index * 13 + batch * 5) % 96)) * HOUR_MS,
    durationMs: 1 + index,
    credits: '0.00000001',
  }));
}

describe.skipIf(coordinator === '')('on Citus', () => {
  test('tables are spread over workers, and two processes lose no call', async () => {
    const { config, drop } = await citus.create();
    const usages = [0, 1].map(() =>
      openTestUsage({ database: config, clock: { now: () => NOW_MS } }),
    );
    for (let batch = 0; batch < 6; batch += 1) {
      await Promise.all(
        usages.map(async (usage, at) => {
          await usage.calls.record(callsOf(2 * batch + at));
          await usage.rollup.run();
        }),
      );
    }
    const [usage] = usages;
    await usage?.rollup.run();
    const range = { from: NOW_MS - 100 * HOUR_MS, to: NOW_MS };
    expect(await usage?.rollup.verify(range)).toMatchObject({ differences: [], pendingHours: 0 });
    let calls = 0;
    for (let user = 0; user < 20; user += 1) {
      const totals = await usage?.stats.getAggregatedStats(
        `user-${user}`,
        null,
        range.from,
        range.to,
      );
      calls += totals?.calls ?? 0;
    }
    expect(calls).toBe(12 * 200);
    await withKnex(config, async (own) => {
      const { rows } = await own.raw<{ rows: { name: string }[] }>(
        `select distinct nodename || nodeport as name from citus_shards where table_name = 'model_calls'::regclass`,
      );
      expect(rows.length).toBeGreaterThan(0);
    });
    await Promise.all(usages.map((each) => each.stop()));
    await drop();
  }, 120_000);

  test('every figure through any history of the recorder', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        // No triggers there: what another program writes is not seen before a rebuild.
        const steps = history.steps.filter(({ kind }) => kind !== 'plain' && kind !== 'together');
        const player = await HistoryPlayer.open(citus, { ...history, steps });
        try {
          expect((await player.play()).differences).toEqual([]);
        } finally {
          await player.close();
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });
});
