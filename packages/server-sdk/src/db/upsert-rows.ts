import { getWriteDialect, type BulkColumn, type BulkRow } from './dialects/write-dialect.js';
import { runBulk } from './run-bulk.js';
import { splitBySize, type Transaction } from './transaction.js';

/** A table that rows are put into. */
export interface UpsertTarget {
  table: string;
  columns: readonly BulkColumn[];
  /** Columns of the primary key. */
  key: readonly string[];
}

const MAX_ROWS_PER_STATEMENT = 500;
/** To make it takes a few milliseconds, in which nothing else runs here; far below what MariaDB takes in one packet. */
const MAX_CHARACTERS_PER_STATEMENT = 60_000;

/** Inserts rows, replacing those with the same key; no two may share it. */
export async function upsertRows(
  { trx, dialect }: Transaction,
  { table, columns, key }: UpsertTarget,
  rows: readonly BulkRow[],
): Promise<void> {
  const write = getWriteDialect(dialect);
  const onConflict = write.onConflict({
    table,
    key,
    columns: columns.map(({ name }) => name).filter((name) => !key.includes(name)),
  });
  const batches = splitBySize(rows, {
    items: MAX_ROWS_PER_STATEMENT,
    size: MAX_CHARACTERS_PER_STATEMENT,
    sizeOf: countCharacters,
  });
  for (const batch of batches) {
    const encoded = write.encodeRows(columns, batch);
    await runBulk(trx, write.insertRows({ table, columns, onConflict }, encoded));
  }
}

function countCharacters(row: BulkRow): number {
  let characters = 0;
  for (const value of row) characters += typeof value === 'string' ? value.length : 10;
  return characters;
}
