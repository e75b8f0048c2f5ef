import type { BulkColumn, BulkInsert, BulkRow } from './dialects/write-dialect.js';
import { execute } from './executor.js';
import { splitBySize, type Transaction } from './transaction.js';

/** A table that rows are written to. */
export interface UpsertTarget {
  table: string;
  columns: readonly BulkColumn[];
  /** Columns of the primary key. */
  key: readonly string[];
}

const MAX_ROWS_PER_STATEMENT = 1000;
/** Encoding so many takes a few milliseconds, in which no other work of the process runs; MariaDB takes far larger packets. */
const MAX_CHARACTERS_PER_STATEMENT = 60_000;

/**
 * Inserts rows, replacing those with the same key; no two may share it.
 *
 * @throws StatementError when the database refuses one
 */
export async function upsertRows(
  transaction: Transaction,
  { table, columns, key }: UpsertTarget,
  rows: readonly BulkRow[],
): Promise<void> {
  const replaced = columns.map(({ name }) => name).filter((name) => !key.includes(name));
  const onConflict = transaction.dialect.write.onConflict({ table, key, columns: replaced });
  await insertRows(transaction, { table, columns, onConflict }, rows);
}

/**
 * Inserts rows, and leaves those with the same key as they are.
 *
 * @throws StatementError when the database refuses one
 */
export async function insertMissingRows(
  transaction: Transaction,
  { table, columns, key }: UpsertTarget,
  rows: readonly BulkRow[],
): Promise<void> {
  const onConflict = transaction.dialect.write.onConflict({ table, key, columns: [] });
  await insertRows(transaction, { table, columns, onConflict }, rows);
}

/** Inserts rows, in as many statements as their size needs. @throws StatementError when the database refuses one */
export async function insertRows(
  transaction: Transaction,
  insert: BulkInsert,
  rows: readonly BulkRow[],
): Promise<void> {
  const { write } = transaction.dialect;
  const batches = splitBySize(rows, {
    items: MAX_ROWS_PER_STATEMENT,
    size: MAX_CHARACTERS_PER_STATEMENT,
    sizeOf: countCharacters,
  });
  for (const batch of batches) {
    const encoded = write.encodeRows(insert.columns, batch);
    await execute(transaction, write.insertRows(insert, encoded));
  }
}

function countCharacters(row: BulkRow): number {
  let characters = 0;
  for (const value of row) characters += typeof value === 'string' ? value.length : 10;
  return characters;
}
