import { expect } from 'vitest';
import type { ModelCallInput } from '../../src/index.js';
import { toRows } from '../../src/db/executor.js';
import { NOW_MS } from './create-test-usage.js';
import type { ObservedUsage, Statement } from './observed-usage.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The user whose statements are explained. */
export const USER = 'user-1';
export const CALLS_TABLE = 'model_calls';

/** How a statement reads a table. */
export interface Access {
  table: string;
  /** Rows are found through an index; `false`: the table or a whole index is read. */
  byIndex: boolean;
  index: string;
  /** Columns of the index that are used to find rows. */
  columns: string[];
  /** Rows that are looked at; those that are thrown away again count. */
  rows: number;
}

export type Explain = (usage: ObservedUsage, statement: Statement) => Promise<Access[]>;

/** The same sequence in every run. */
let seed = 7;
const below = (limit: number): number => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % limit;
};

/**
 * Twenty users over ninety days, half of the calls about the hours that a request reads from the calls: now, 30 and 60
 * days ago. Where no other user calls in such an hour, an index on time finds as few rows, and may be used.
 */
export const CALLS: ModelCallInput[] = Array.from({ length: 10_000 }, (_, index) => ({
  userDid: `user-${below(20)}`,
  appDid: `app-${below(5)}`,
  model: `m-${below(5)}`,
  status: below(10) === 0 ? 'failed' : 'success',
  startedAt:
    index % 2 === 0
      ? NOW_MS - below(3) * 30 * DAY_MS - below(HOUR_MS)
      : NOW_MS - below(90 * 24) * HOUR_MS - below(HOUR_MS),
  durationMs: below(100_000),
}));

interface PostgresPlan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PostgresPlan[];
}

/** Of PostgreSQL. */
export const explainPostgres: Explain = async ({ knex }, { sql, bindings }) => {
  // Knex numbers the placeholders of what it ran, and takes question marks.
  const text = sql.replaceAll('?', '\\?').replace(/\$\d+/g, '?');
  const planWith = async (seqscan: 'on' | 'off'): Promise<Access[]> =>
    knex.transaction(async (trx) => {
      await trx.raw(`set local enable_seqscan = ${seqscan}`);
      const found: unknown = await trx.raw(`explain (analyze, format json) ${text}`, bindings);
      const [row] = toRows<{ 'QUERY PLAN': { Plan: PostgresPlan }[] }>(found);
      return accessesOf(row?.['QUERY PLAN'].map(({ Plan: plan }) => plan) ?? []);
    });
  // Of the calls, what the planner does by itself. Thousands of pre-aggregates are so few pages that it rather reads
  // them all than find some dozen; of a real load's there are millions.
  const calls = (await planWith('on')).filter(({ table }) => table === CALLS_TABLE);
  const others = (await planWith('off')).filter(({ table }) => table !== CALLS_TABLE);
  return [...calls, ...others];
};

function accessesOf(plans: readonly PostgresPlan[]): Access[] {
  const reads: Access[] = [];
  const visit = (plan: PostgresPlan): void => {
    const [bitmap] = plan['Node Type'] === 'Bitmap Heap Scan' ? (plan.Plans ?? []) : [];
    const { 'Index Name': index = '', 'Index Cond': condition = '' } = bitmap ?? plan;
    const table = plan['Relation Name'];
    if (table !== undefined) {
      const columns = [...condition.matchAll(/\(?\(?(\w+)\)?(?:::\w+)? (?:=|>=|<|>|<=|IS) /g)];
      const names = columns.map(([, column = '']) => column);
      const looked = plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0);
      reads.push({
        ...{ table, byIndex: condition !== '', index, columns: [...new Set(names)] },
        rows: looked * plan['Actual Loops'],
      });
    }
    plan.Plans?.forEach(visit);
  };
  plans.forEach(visit);
  return reads;
}

interface MariaTable {
  table_name: string;
  access_type: string;
  key?: string;
  used_key_parts?: string[];
  rows?: number;
}

/** Of MariaDB. */
export const explainMaria: Explain = async ({ knex }, { sql, bindings }) => {
  // What says how long joined texts may be comes before the select, and cannot be explained.
  const select = sql.replace(/^\s*\/\*M!.*?\*\//, '');
  const found: unknown = await knex.raw(`explain format=json ${select}`, bindings);
  const [row] = toRows<{ EXPLAIN: string }>(found);
  const aliases = new Map(
    [...sql.matchAll(/(model_\w+) as (\w+)/g)].map(([, table = '', alias = '']) => [alias, table]),
  );
  const reads: Access[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('access_type' in value && 'table_name' in value) {
      const { table_name, key = '', used_key_parts = [], ...rest } = value as MariaTable;
      const byIndex = !['ALL', 'index'].includes(rest.access_type);
      const { rows = 0 } = rest;
      const table = aliases.get(table_name) ?? table_name;
      reads.push({ table, byIndex, index: key, columns: used_key_parts, rows });
    }
    Object.values(value).forEach(visit);
  };
  visit(JSON.parse(row?.EXPLAIN ?? '{}'));
  return reads;
};

/** Rows of an hour of others that may be passed over, see below. */
const HARDLY_ANY = 20;

/** Expects that calls are found by an index of the user. */
export function requireFewCalls(read: Access, { sql, bindings }: Statement): void {
  expect(bindings).toContain(USER);
  const bounded = read.columns.includes('started_at_ms');
  if (read.columns[0] === 'user_did') {
    // Bounded in time, or the first of an order: the oldest call, a page by duration.
    if (!bounded) expect(sql).toMatch(/\blimit\b|min\(/i);
    return;
  }
  // Where few users called in a quarter of an hour, an index on time is as good, and may be used.
  expect([read.index, bounded]).toEqual(['model_calls_time', true]);
  expect(read.rows).toBeLessThanOrEqual(HARDLY_ANY);
}
