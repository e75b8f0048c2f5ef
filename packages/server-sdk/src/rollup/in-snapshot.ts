import type { Database } from '../db/database.js';
import type { Transaction } from '../db/transaction.js';

/** Runs reads on one state of the database. */
export function inSnapshot<T>(
  database: Database,
  read: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const { dialect, calls } = database;
  return database.snapshot((trx) => read({ trx, dialect, calls }));
}
