import { ROLLUP_NAME } from '../db/tables.js';
import { getCallSource, type Transaction } from '../db/transaction.js';

/**
 * Checks that the aggregates were computed from the table that calls are read from now: a command line without the host's
 * mapping would otherwise replace them by sums of an empty table.
 *
 * @throws Error that names both tables
 */
export async function requireSameCalls(transaction: Transaction): Promise<void> {
  const { name } = getCallSource(transaction);
  const known = await readCallsTable(transaction);
  if (known === null || known === name) return;
  throw new Error(
    `The aggregates were computed from "${known}", not from "${name}". Use the option "calls" that they were computed with, or drop the tables of Usage Kit and migrate again.`,
  );
}

/** Stores which table the aggregates are computed from, if none is stored. @throws Error as {@link requireSameCalls} */
export async function claimCalls(transaction: Transaction): Promise<void> {
  await requireSameCalls(transaction);
  await transaction
    .trx('model_call_rollups')
    .where('name', ROLLUP_NAME)
    .whereNull('calls_table')
    .update({ calls_table: getCallSource(transaction).name });
}

async function readCallsTable({ trx }: Transaction): Promise<string | null> {
  const row = await trx<{ name: string; calls_table: string | null }>('model_call_rollups')
    .select('calls_table')
    .where('name', ROLLUP_NAME)
    .first();
  return row?.calls_table ?? null;
}
