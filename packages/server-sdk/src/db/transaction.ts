import type { Knex } from 'knex';
import type { CallSource } from './call-source.js';
import type { Database } from './database.js';
import type { Dialect } from './dialects/dialect.js';

/** A transaction in progress, the dialect of its SQL, and where calls are. */
export interface Transaction {
  trx: Knex.Transaction;
  dialect: Dialect;
  calls: CallSource;
}

/** Runs single statements on the reader, each of which is a transaction by itself. */
export function withoutTransaction({ reader, dialect, calls }: Database): Transaction {
  return { trx: reader as Knex.Transaction, dialect, calls };
}

/** Runs reads that all see one state of the database. @throws what `read` throws, and StatementError when the database fails */
export function readInSnapshot<T>(
  database: Database,
  read: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const { dialect, calls } = database;
  return database.snapshot((trx) => read({ trx, dialect, calls }));
}

/** Runs writes that are all committed or none. @throws what `write` throws, and StatementError when the database fails */
export function writeInTransaction<T>(
  database: Database,
  write: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const { dialect, calls } = database;
  return database.transaction((trx) => write({ trx, dialect, calls }));
}

/** Splits items into chunks of at most `size`. */
export function splitIntoChunks<T>(size: number, items: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    chunks.push(items.slice(start, start + size));
  }
  return chunks;
}

/** Splits items into chunks of at most so many items and of at most a total size; a larger item is a chunk by itself. */
export function splitBySize<T>(
  items: readonly T[],
  max: { items: number; size: number; sizeOf: (item: T) => number },
): T[][] {
  const chunks: T[][] = [];
  let chunk: T[] = [];
  let size = 0;
  for (const item of items) {
    const itemSize = max.sizeOf(item);
    if (chunk.length >= max.items || (chunk.length > 0 && size + itemSize > max.size)) {
      chunks.push(chunk);
      chunk = [];
      size = 0;
    }
    chunk.push(item);
    size += itemSize;
  }
  if (chunk.length > 0) chunks.push(chunk);
  return chunks;
}
