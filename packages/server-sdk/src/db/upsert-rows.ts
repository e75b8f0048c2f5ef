import type { BulkColumn, BulkRow } from './dialects/write-dialect.js';
import { execute } from './executor.js';
import { splitBySize, type Transaction } from './transaction.js';

/** A table that rows are written to. */
export interface UpsertTarget {
  table: string;
  columns: readonly BulkColumn[];
  /** Columns of the primary key. */
  key: readonly string[];
}

const MAX_ROWS_PER_STATEMENT = 500;
/** Encoding so many takes a few milliseconds, in which no other work of the process runs; MariaDB takes far larger packets. */
const MAX_CHARACTERS_PER_STATEMENT = 60_000;

/**
 * Inserts rows, replacing those with the same key; no two may share it.
 *
 * @throws StatementError when the database refuses one
 */
export async function upsertRows(
  transaction: Transaction,
  target: UpsertTarget,
  rows: readonly BulkRow[],
): Promise<void> {
  const { columns, key } = target;
  const replaced = columns.map(({ name }) => name).filter((name) => !key.includes(name));
  await insertRows(transaction, { ...target, replaced }, rows);
}

/**
 * Inserts rows, and leaves those with the same key as they are.
 *
 * @throws StatementError when the database refuses one
 */
export async function insertMissingRows(
  transaction: Transaction,
  target: UpsertTarget,
  rows: readonly BulkRow[],
): Promise<void> {
  await insertRows(transaction, { ...target, replaced: [] }, rows);
}

async function insertRows(
  transaction: Transaction,
  { table, columns, key, replaced }: UpsertTarget & { replaced: string[] },
  rows: readonly BulkRow[],
): Promise<void> {
  const { write } = transaction.dialect;
  const onConflict = write.onConflict({ table, key, columns: replaced });
  const batches = splitBySize(rows, {
    items: MAX_ROWS_PER_STATEMENT,
    size: MAX_CHARACTERS_PER_STATEMENT,
    sizeOf: countCharacters,
  });
  for (const batch of batches) {
    const encoded = write.encodeRows(columns, batch);
    await execute(transaction, write.insertRows({ table, columns, onConflict }, encoded));
  }
}

function countCharacters(row: BulkRow): number {
  let characters = 0;
  for (const value of row) characters += typeof value === 'string' ? value.length : 10;
  return characters;
}
