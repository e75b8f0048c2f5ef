import type { Database } from '../db/database.js';
import { acquireLease, releaseLease } from '../stores/lease-store.js';
import type { Transaction } from '../stores/transaction.js';
import { buildDueHours } from './build-hours.js';
import { rebuildChanged } from './rebuild-changed.js';
import { LEASE_TTL_MS, createRun, type RollupReport, type RollupRunOptions } from './rollup-run.js';

/**
 * Rolls up all that is due: first the hours whose calls changed, then hour by hour up to now, each day and month as it
 * gets complete. Every short transaction also moves the watermark, so a run can be killed at any point and carried on by
 * the next, here or on another machine.
 */
export async function runRollup(options: RollupRunOptions): Promise<RollupReport> {
  const { database, owner, nowMs } = options;
  const epoch = await inTransaction(database, (t) => acquireLease(t, owner, LEASE_TTL_MS));
  const report: RollupReport = { skipped: epoch === null, hours: 0, rebuiltHours: 0 };
  if (epoch === null) return report;

  const run = createRun(options, epoch, report);
  try {
    await rebuildChanged(run);
    if (!options.signal?.aborted) await buildDueHours(run);
    await inTransaction(database, (t) => releaseLease(t, epoch, { atMs: nowMs, failure: null }));
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    await inTransaction(database, (t) => releaseLease(t, epoch, { atMs: nowMs, failure }));
    throw error;
  }
  return report;
}

function inTransaction<T>(
  database: Database,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return database.transaction((trx) => work({ trx, dialect: database.dialect }));
}
