import { ROLLUP_NAME } from '../db/tables.js';
import type { Transaction } from '../db/transaction.js';

/**
 * Checks that the aggregates were computed from the table that calls are read from now, and in the currency of now: a command
 * line without the host's mapping would otherwise replace them by sums of an empty table, and sums of two currencies are none.
 *
 * @throws Error that names both tables or currencies
 */
export async function requireSameCalls(transaction: Transaction): Promise<void> {
  const { name, currency } = transaction.calls;
  const known = await readKnownSource(transaction);
  if (known.calls_table !== null && known.calls_table !== name) {
    throw new Error(
      `The aggregates were computed from "${known.calls_table}", not from "${name}". Use the option "calls" that they were computed with, or drop the tables of Usage Kit and migrate again.`,
    );
  }
  if (known.currency !== null && known.currency !== currency) {
    throw new Error(
      `The aggregates have sums of money in ${known.currency}, not in ${currency}. Use the option "currency" that they were computed with, or drop the tables of Usage Kit and migrate again.`,
    );
  }
}

/** Stores what the aggregates are computed from, if nothing is stored. @throws Error as {@link requireSameCalls} */
export async function claimCalls(transaction: Transaction): Promise<void> {
  await requireSameCalls(transaction);
  const { name, currency } = transaction.calls;
  await transaction
    .trx('model_call_rollups')
    .where('name', ROLLUP_NAME)
    .whereNull('calls_table')
    .update({ calls_table: name, currency });
}

interface KnownSource {
  calls_table: string | null;
  currency: string | null;
}

async function readKnownSource({ trx }: Transaction): Promise<KnownSource> {
  const row = await trx<KnownSource & { name: string }>('model_call_rollups')
    .select('calls_table', 'currency')
    .where('name', ROLLUP_NAME)
    .first();
  return row ?? { calls_table: null, currency: null };
}
