import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import knex, { type Knex } from 'knex';
import { expect, test } from 'vitest';
import { openTestUsage } from '../helpers/create-test-usage.js';
import { HistoryPlayer } from '../helpers/history-player.js';
import { histories } from '../helpers/random-histories.js';
import { availableServers, type DatabaseServer } from '../helpers/test-databases.js';

const SCALING = new URL('../../../../docs/scaling.md', import.meta.url);
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 4);
const [postgres] = (await availableServers()).filter(({ name }) => name === 'PostgreSQL');

/** Statements of the page's block that begins a transaction. */
function documentedDdl(): string {
  const [, ddl] =
    /```sql\n(begin;\nlock table model_calls [^`]*)```/.exec(readFileSync(SCALING, 'utf8')) ?? [];
  if (ddl === undefined) throw new Error('docs/scaling.md has lost its DDL');
  return ddl;
}

async function withKnex<T>(config: Knex.Config, work: (own: Knex) => Promise<T>): Promise<T> {
  const own = knex(config);
  try {
    return await work(own);
  } finally {
    await own.destroy();
  }
}

/** PostgreSQL, with the calls in partitions as the page says. */
function partitioned(server: DatabaseServer): DatabaseServer {
  return {
    name: server.name,
    create: async () => {
      const database = await server.create();
      const usage = openTestUsage({ database: database.config });
      await usage.migrate();
      await usage.stop();
      await withKnex(database.config, (own) => own.raw(documentedDdl()));
      return database;
    },
  };
}

test.skipIf(!postgres)(
  'calls in partitions by hash of the user, as documented: every figure through any history',
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

test.skipIf(!postgres)('a question about one user reads one partition', async () => {
  if (!postgres) return;
  const { config, drop } = await partitioned(postgres).create();
  const usage = openTestUsage({ database: config });
  const calls = Array.from({ length: 200 }, (_, index) => ({
    userDid: `user-${index % 20}`,
    model: 'm',
    status: 'success' as const,
    startedAt: 1_780_000_000_000 + index,
  }));
  await usage.calls.record(calls);
  await withKnex(config, async (own) => {
    const partitions = await own('model_calls').distinct(own.raw('tableoid'));
    expect(partitions).toHaveLength(4);
    const { rows } = await own.raw<{ rows: { 'QUERY PLAN': string }[] }>(
      `explain select count(*) from model_calls where user_did = 'user-7' and started_at_ms >= 0`,
    );
    const named = rows.flatMap((row) => row['QUERY PLAN'].match(/ on model_calls_\d/g) ?? []);
    expect(new Set(named).size).toBe(1);
  });
  await usage.stop();
  await drop();
});
