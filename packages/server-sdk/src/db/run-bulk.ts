import type { Knex } from 'knex';
import type { BulkStatement } from './dialects/write-dialect.js';

/** Runs a statement of many rows; what drivers answer differs, see `rowsOf`. */
export function runBulk(trx: Knex.Transaction, { sql, bindings }: BulkStatement): Promise<unknown> {
  // What looks like a placeholder in literals is none.
  if (bindings.length === 0) return trx.raw(sql);
  // Knex's type knows no nested arrays; it hands them to the driver as they are.
  return trx.raw(sql, bindings as readonly Knex.RawBinding[]);
}
