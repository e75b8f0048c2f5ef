import fc from 'fast-check';
import knex, { type Knex } from 'knex';
import { expect, test } from 'vitest';
import { distribute, planDistribution } from '../../src/db/distribute.js';
import { openTestUsage } from '../helpers/create-test-usage.js';
import { HistoryPlayer } from '../helpers/history-player.js';
import { histories } from '../helpers/random-histories.js';
import { availableServers, type DatabaseServer } from '../helpers/test-databases.js';
import { readCount } from '../helpers/test-size.js';

const RUNS = readCount('PROPERTY_RUNS', { few: 1, more: 3 });
const ZOE_MS = Date.UTC(2025, 0, 1);
const [postgres] = (await availableServers()).filter(({ name }) => name === 'PostgreSQL');

async function withKnex<T>(config: Knex.Config, work: (own: Knex) => Promise<T>): Promise<T> {
  const own = knex(config);
  try {
    return await work(own);
  } finally {
    await own.destroy();
  }
}

/** PostgreSQL, with all tables of users in partitions, as `usage-kit distribute --engine partitions` makes them. */
function partitioned(server: DatabaseServer): DatabaseServer {
  return {
    name: server.name,
    create: async () => {
      const database = await server.create();
      const usage = openTestUsage({ database: database.config });
      await usage.migrate();
      // Full, too: what is there is moved.
      await usage.calls.record({
        userDid: 'zoe',
        model: 'm',
        status: 'success',
        startedAt: ZOE_MS,
      });
      await usage.stop();
      await withKnex(database.config, async (own) => {
        await distribute(own, await planDistribution(own, 'partitions'));
      });
      return database;
    },
  };
}

test.skipIf(!postgres)(
  'tables in partitions by hash of the user: every figure through any history',
  { timeout: 120_000 + RUNS * 10_000 },
  async () => {
    if (!postgres) return;
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const player = await HistoryPlayer.open(partitioned(postgres), history);
        try {
          const { differences } = await player.play();
          expect(differences).toEqual([]);
        } finally {
          await player.close();
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  },
);

test.skipIf(!postgres)('what was there is moved, and a second time is refused', async () => {
  if (!postgres) return;
  const { config, drop } = await partitioned(postgres).create();
  const usage = openTestUsage({ database: config });
  const { calls } = await usage.stats.getAggregatedStats('zoe', null, ZOE_MS, ZOE_MS + 1);
  expect(calls).toBe(1);
  await usage.calls.record(
    Array.from({ length: 200 }, (_, index) => ({
      userDid: `user-${index % 20}`,
      model: 'm',
      status: 'success' as const,
      startedAt: 1_780_000_000_000 + index,
    })),
  );
  await withKnex(config, async (own) => {
    const partitions = await own('model_calls').distinct(own.raw('tableoid'));
    expect(partitions.length).toBeGreaterThan(4);
    await expect(planDistribution(own, 'partitions')).rejects.toThrow('partitions already');
  });
  await usage.stop();
  await drop();
});

test.skipIf(!postgres)('the statements for Citus lead every table by the user', async () => {
  if (!postgres) return;
  const { config, drop } = await postgres.create();
  const usage = openTestUsage({ database: config });
  await usage.migrate();
  await usage.stop();
  await withKnex(config, async (own) => {
    const statements = await planDistribution(own, 'citus');
    const { rows } = await own.raw<{ rows: { name: string; key: string }[] }>(
      `select conrelid::regclass::text as name, pg_get_constraintdef(oid) as key from pg_constraint
       where contype = 'p' and connamespace = 'public'::regnamespace`,
    );
    const ours = rows.filter(({ name }) => /^model_/.test(name));
    expect(ours).toHaveLength(20);
    for (const { name, key } of ours) {
      const isReference = statements.includes(`select create_reference_table('${name}')`);
      const isDistributed = statements.some((statement) =>
        statement.startsWith(`select create_distributed_table('${name}', 'user_did'`),
      );
      expect([isReference, isDistributed]).toContain(true);
      if (isDistributed) expect(key).toMatch(/^PRIMARY KEY \(user_did\b/);
    }
  });
  await drop();
});
