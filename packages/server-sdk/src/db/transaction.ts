import type { Knex } from 'knex';
import { ownCalls, type CallSource } from './call-source.js';
import type { Database } from './database.js';
import type { Dialect } from './dialects/read-dialect.js';

/** A running transaction and what its SQL must know. */
export interface Transaction {
  trx: Knex.Transaction;
  dialect: Dialect;
  /** Where calls are. @default the SDK's own table */
  calls?: CallSource;
}

/** What single statements run on that need no transaction around them: each is one by itself. */
export function withoutTransaction({ reader, dialect, calls }: Database): Transaction {
  return { trx: reader as Knex.Transaction, dialect, calls };
}

/** Where a transaction finds calls. */
export function getCallSource({ calls, dialect }: Transaction): CallSource {
  return calls ?? ownCalls(dialect);
}

/** The items in runs of at most `size`. */
export function splitIntoChunks<T>(size: number, items: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    chunks.push(items.slice(start, start + size));
  }
  return chunks;
}

/** The items in runs of at most so many, and of at most such a size together; one that is larger is alone. */
export function splitBySize<T>(
  items: readonly T[],
  most: { items: number; size: number; sizeOf: (item: T) => number },
): T[][] {
  const chunks: T[][] = [];
  let chunk: T[] = [];
  let size = 0;
  for (const item of items) {
    const itemSize = most.sizeOf(item);
    if (chunk.length >= most.items || (chunk.length > 0 && size + itemSize > most.size)) {
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
