import type { Knex } from 'knex';
import { ownCalls, type CallSource } from '../db/call-source.js';
import type { Dialect } from '../db/dialect.js';
import type { KeyNames } from '../db/key-names.js';
import type { KeyCache } from './key-cache.js';

export type { Sql } from '../db/call-source.js';

/** An expression that may have queries in its placeholders. */
export interface PartOfStatement {
  sql: string;
  bindings: readonly Knex.RawBinding[];
}

/** A running transaction and what its SQL must know. */
export interface Transaction {
  trx: Knex.Transaction;
  dialect: Dialect;
  /** Ids found before, by work of many transactions. */
  keys?: KeyCache;
  /** Names of ids found before. */
  keyNames?: KeyNames;
  /** Where calls are. @default the SDK's own table */
  calls?: CallSource;
}

/** Where a transaction finds calls. */
export function callsOf({ calls, dialect }: Transaction): CallSource {
  return calls ?? ownCalls(dialect);
}

/** Rows of a raw query: SQLite gives an array, PostgreSQL `{ rows }`, MySQL `[rows, fields]`. */
export function rowsOf<T>(result: unknown): T[] {
  if (!Array.isArray(result)) return (result as { rows: T[] }).rows;
  return (Array.isArray(result[0]) ? result[0] : result) as T[];
}

/** The items in runs of at most `size`. */
export function chunksOf<T>(size: number, items: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    chunks.push(items.slice(start, start + size));
  }
  return chunks;
}

/**
 * Inserts rows, replacing those with the same key. On SQLite the rows travel as one JSON parameter: twice as fast as a
 * placeholder for each value, and no limit on how many.
 *
 * @param key columns of the primary key; no two rows may share it
 */
export async function upsertRows(
  transaction: Transaction,
  table: string,
  key: readonly string[],
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  const values = rows.map((row) => columns.map((column) => row[column] ?? null));
  await upsertValues(transaction, table, key, columns, values);
}

/** The same with the values of each row in the order of the columns: objects of thousands of rows take time to make. */
export async function upsertValues(
  { trx, dialect }: Transaction,
  table: string,
  key: readonly string[],
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  for (const batch of chunksOf(dialect.insertBatchSize, rows)) {
    if (dialect.name !== 'sqlite') {
      const records = batch.map((row) =>
        Object.fromEntries(columns.map((column, index) => [column, row[index]])),
      );
      await trx(table)
        .insert(records)
        .onConflict([...key])
        .merge();
      continue;
    }
    const values = columns.map((_, index) => `json_extract(value, '$[${index}]')`);
    const updates = columns
      .filter((column) => !key.includes(column))
      .map((column) => `${column} = excluded.${column}`);
    const onConflict = updates.length === 0 ? 'do nothing' : `do update set ${updates.join(', ')}`;
    await trx.raw(
      `insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} from json_each(?) where true
       on conflict (${key.join(', ')}) ${onConflict}`,
      [JSON.stringify(batch)],
    );
  }
}

/** PostgreSQL and MySQL hand bigints over as text. */
export function numberOrNull(value: number | string | null): number | null {
  return value === null ? null : Number(value);
}
