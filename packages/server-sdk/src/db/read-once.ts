import { runDetached } from '../runtime/request-signal.js';
import { queryRow } from './executor.js';
import { verbatim } from './sql.js';
import type { Transaction } from './transaction.js';

/** SQLite's unit of a negative size: KiB. */
const CACHE_SIZE = -2000;

/**
 * Runs reads that look at each row once, as those of an export do: SQLite keeps the pages that a connection has read, up to
 * 32 MB of them, although none is read again.
 *
 * @throws what the reads throw @throws StatementError when the database fails
 */
export async function readOnce<T>(transaction: Transaction, read: () => Promise<T>): Promise<T> {
  if (!transaction.dialect.isFile) return read();
  const before = await queryRow<{ cache_size: number }>(transaction, verbatim('pragma cache_size'));
  if (before === undefined) return read();
  await setCacheSize(transaction, CACHE_SIZE);
  try {
    return await read();
  } finally {
    // Also when the request is over, or its connection would keep little for later ones. One that is lost has no cache.
    await runDetached(() => setCacheSize(transaction, before.cache_size)).catch(() => undefined);
  }
}

async function setCacheSize({ trx }: Transaction, size: number): Promise<void> {
  await trx.raw(`pragma cache_size = ${size}`);
}
