import { expect, test } from 'vitest';
import { openDatabase, type Database } from '../../src/db/database.js';
import { migrate } from '../../src/db/migrate.js';
import { readDaysOfProjects, readHourCells } from '../../src/stores/rollup-build-store.js';
import { rowsOf, withoutTransaction } from '../../src/stores/transaction.js';
import { availableServers } from '../helpers/test-databases.js';

const HOUR_MS = 3_600_000;
const DAYS = 120;
const USERS = 20;
const FIRST_BUCKET = 496_800;
const DAY = { fromMs: FIRST_BUCKET * HOUR_MS, toMs: (FIRST_BUCKET + 24) * HOUR_MS };
const MONTH = { fromMs: DAY.fromMs, toMs: DAY.fromMs + 30 * 24 * HOUR_MS };
const [postgres] = (await availableServers()).filter(({ name }) => name === 'PostgreSQL');

interface Plan {
  'Node Type': string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
}

/** Entries of the table and of its index that a plan looks at. */
function looksAt(plan: Plan): number {
  const within = (plan.Plans ?? []).reduce((sum, part) => sum + looksAt(part), 0);
  if (!/Scan on|Scan$/.test(plan['Node Type']) || plan['Node Type'] === 'Function Scan') {
    return within;
  }
  const passed =
    (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
  return within + (plan['Actual Rows'] + passed) * plan['Actual Loops'];
}

/** What the last of the statements of some work looks at. */
async function costOf({ reader }: Database, work: () => Promise<unknown>): Promise<number> {
  let sql = '';
  const listen = (query: { sql: string }): void => {
    sql = query.sql;
  };
  reader.on('query', listen);
  await work();
  reader.removeListener('query', listen);
  const [row] = rowsOf<{ 'QUERY PLAN': { Plan: Plan }[] }>(
    await reader.raw(`explain (analyze, format json) ${sql}`),
  );
  return row?.['QUERY PLAN'].reduce((sum, { Plan: plan }) => sum + looksAt(plan), 0) ?? 0;
}

/** A backfill fills tables that PostgreSQL has no statistics of yet, and must not read the whole of them for each day. */
test.runIf(postgres)(
  'what a day and a month are built from is found, not searched for, in a table without statistics',
  async () => {
    if (!postgres) return;
    const created = await postgres.create();
    const database = openDatabase(created.config);
    await migrate(database.writer);
    const figures = `1, 1, 0, 0, 0, 0, 0, 0, 0, null, null, null, '', '', '', ''`;
    await database.writer.raw(`alter table model_call_stats set (autovacuum_enabled = false)`);
    await database.writer.raw(
      `alter table model_call_project_stats set (autovacuum_enabled = false)`,
    );
    await database.writer.raw(
      `insert into model_call_stats select 3, ${FIRST_BUCKET} + hour, one, ${figures}
       from generate_series(0, ${DAYS * 24 - 1}) as hour, generate_series(1, ${USERS}) as one`,
    );
    await database.writer.raw(
      `insert into model_call_project_stats select 2, ${FIRST_BUCKET} + 24 * day, one, project, 0, ''
       from generate_series(0, ${DAYS - 1}) as day, generate_series(1, ${USERS}) as one, generate_series(1, 20) as project`,
    );
    const reads = withoutTransaction(database);
    const users = [3, 5, 8];
    const cells = await readHourCells(reads, users, DAY);
    expect([...cells.values()].map(({ length }) => length)).toEqual([24, 24, 24]);
    const ofDay = await costOf(database, () => readHourCells(reads, users, DAY));
    // Of each hour the rows of all users at most, and as many entries of the index.
    expect(ofDay).toBeGreaterThanOrEqual(users.length * 24);
    expect(ofDay).toBeLessThanOrEqual(2 * USERS * 24);
    expect(await readDaysOfProjects(reads, 5, MONTH)).toHaveLength(30 * 20);
    const ofMonth = await costOf(database, () => readDaysOfProjects(reads, 5, MONTH));
    expect(ofMonth).toBeLessThanOrEqual(2 * 30 * 20);
    await database.close();
    await created.drop();
  },
);
