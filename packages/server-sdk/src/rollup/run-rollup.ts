import type { Knex } from 'knex';
import type { Database } from '../db/database.js';
import { every } from '../ports/wait.js';
import { claimCalls } from '../stores/calls-table-store.js';
import { acquireLease, holdLease, releaseLease } from '../stores/lease-store.js';
import type { Transaction } from '../stores/transaction.js';
import { archiveHours } from './archive-hours.js';
import { buildDueHours } from './build-hours.js';
import { findChanges } from './find-changes.js';
import { rebuildChanged } from './rebuild-changed.js';
import {
  createRun,
  type RollupReport,
  type RollupRun,
  type RollupRunOptions,
} from './rollup-run.js';

/**
 * Rolls up all that is due: first the hours whose calls changed (in a
 * host's table they are looked for), then hour by hour up to now, each day and month as it
 * gets complete. Every short transaction also moves the watermark, so a run can be killed at any point and carried on by
 * the next, here or on another machine.
 */
export async function runRollup(options: RollupRunOptions): Promise<RollupReport> {
  const { database, owner, nowMs } = options;
  const epoch = await inTransaction(database, async (t) => {
    const taken = await acquireLease(t, owner, options.leaseTtlMs);
    if (taken !== null) await claimCalls(t);
    return taken;
  });
  const report: RollupReport = {
    skipped: epoch === null,
    hours: 0,
    rebuiltHours: 0,
    setAsideBuckets: 0,
  };
  if (epoch === null) return report;

  const run = createRun(options, epoch, report);
  const stopHeartbeat = startHeartbeat(run, epoch);
  try {
    await findChanges(run);
    await rebuildChanged(run);
    if (!options.signal?.aborted) await buildDueHours(run);
    // Calls may have come to hours that were claimed and not yet built, in this run or in one that was killed.
    if (!options.signal?.aborted) await rebuildChanged(run);
    await archiveHours(run);
    report.setAsideBuckets = run.setAside.size;
    await inTransaction(database, (t) => releaseLease(t, epoch, { atMs: nowMs, failure: null }));
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    const outcome = { atMs: nowMs, failure };
    try {
      await inTransaction(database, (t) => releaseLease(t, epoch, outcome));
    } catch {
      // The database is gone: what broke the run says more. The lease expires, or this instance takes it again.
    }
    throw error;
  } finally {
    stopHeartbeat();
  }
  return report;
}

/**
 * Renews the lease while nothing is written for long: a day of calls that is read, a database that is slow. One statement without a
 * transaction around it: a process that is stopped in the middle of one would keep the lease's row locked.
 */
function startHeartbeat({ options, lease }: RollupRun, epoch: number): () => void {
  const { database, leaseTtlMs } = options;
  const { writer, dialect } = database;
  return every(leaseTtlMs / 3, () => {
    if (performance.now() - lease.renewedAtMs < leaseTtlMs / 2) return;
    // Whoever lost the lease learns of it with its next write.
    holdLease({ trx: writer as Knex.Transaction, dialect }, epoch, leaseTtlMs).catch(
      () => undefined,
    );
  });
}

function inTransaction<T>(
  database: Database,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const { dialect, calls } = database;
  return database.transaction((trx) => work({ trx, dialect, calls }));
}
