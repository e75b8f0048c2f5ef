import type { Database } from '../db/database.js';
import { HOUR_MS, MINUTE_MS, floorTo } from '../domain/time.js';
import { KeyCache } from '../stores/key-cache.js';
import { ensureKeys } from '../stores/key-store.js';
import { holdLease } from '../stores/lease-store.js';
import type { Transaction } from '../stores/transaction.js';
import { OneBehind } from './one-behind.js';
import type { EnsureKeys } from './sum-calls.js';
import { Turns } from '../ports/turns.js';

/** How a run is told what to do and when to stop. */
export interface RollupRunOptions {
  database: Database;
  /** Epoch ms; hours that ended `graceMinutes` before are rolled up. */
  nowMs: number;
  graceMinutes: number;
  /** Names this instance. */
  owner: string;
  leaseTtlMs: number;
  /** Calls older than so many days are archived; `null`: none. */
  keepCallsDays: number | null;
  /** Stops between two transactions. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: RollupProgressReport) => void) | undefined;
}

/** Where a run is. */
export interface RollupProgressReport {
  /** Start of the hour that was just built or rebuilt, epoch ms. */
  hourMs: number;
  /** New hours so far. */
  hours: number;
  /** Changed hours so far. */
  rebuiltHours: number;
}

/** What a run did. */
export interface RollupReport {
  /** Whether another instance was at work, so that this run did nothing. */
  skipped: boolean;
  /** New hours that were rolled up. */
  hours: number;
  /** Hours that were rebuilt because calls in them arrived, ended or changed. */
  rebuiltHours: number;
}

export const LEASE_TTL_MS = 2 * MINUTE_MS;
/** Another process that wants to write looks again after 1, 2, 5, 10, 15, 20 ms. */
const GAP_MS = 15;

/** A run that holds the lease. */
export interface RollupRun {
  readonly options: RollupRunOptions;
  readonly report: RollupReport;
  /** Numbers of names; dropped with the run, so that those of a transaction that failed are not kept. */
  readonly keys: KeyCache;
  /** Hours before it are due, epoch ms. */
  readonly dueThroughMs: number;
  /** Runs a short transaction, which fails once another instance has taken over; who records waits for it. */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * The same, where much is written that nobody else touches, and `work` is what makes it seen: who records waits for
   * `work` alone, except on SQLite.
   */
  publish(
    write: (transaction: Transaction) => Promise<void>,
    work: (transaction: Transaction) => Promise<void>,
  ): Promise<void>;
  /** Numbers of names, in a transaction of their own. */
  readonly ensure: EnsureKeys;
  /** For work outside of transactions: it stands back for whoever waits for an answer. */
  readonly turns: Turns;
  /** For work within one, whose end others wait for. */
  readonly turnsInTransaction: Turns;
  /** Writes that go on beside the work for the next. */
  writeBehind(): OneBehind;
}

/** Sets up a run under a lease. */
export function createRun(
  options: RollupRunOptions,
  epoch: number,
  report: RollupReport,
): RollupRun {
  const { database, nowMs, graceMinutes } = options;
  const keys = new KeyCache();
  const inTransaction = <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> =>
    database.transaction((trx) =>
      work({ trx, dialect: database.dialect, calls: database.calls, keys }),
    );
  const hold = (transaction: Transaction): Promise<void> =>
    holdLease(transaction, epoch, options.leaseTtlMs);
  const write: RollupRun['write'] = (work) =>
    inTransaction(async (transaction) => {
      await hold(transaction);
      return work(transaction);
    });
  const { keepsOthersOut } = database.dialect;
  const publish: RollupRun['publish'] = (writeRows, work) =>
    inTransaction(async (transaction) => {
      if (keepsOthersOut) await hold(transaction);
      await writeRows(transaction);
      if (!keepsOthersOut) await hold(transaction);
      await work(transaction);
    });
  return {
    options,
    report,
    keys,
    dueThroughMs: floorTo(HOUR_MS, nowMs - graceMinutes * MINUTE_MS),
    write,
    publish,
    ensure: (kind, names) => write((transaction) => ensureKeys(transaction, kind, names)),
    turns: new Turns(database.foreground),
    turnsInTransaction: new Turns(null),
    writeBehind: () => new OneBehind(keepsOthersOut ? GAP_MS : 0),
  };
}
