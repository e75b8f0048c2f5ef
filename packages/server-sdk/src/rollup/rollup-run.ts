import type { Database } from '../db/database.js';
import { HOUR_MS, MINUTE_MS, SECOND_MS, floorTo } from '../domain/time.js';
import { KeyCache } from '../stores/key-cache.js';
import { findMissingKeys, giveKeys, type KeyTransaction } from '../stores/key-store.js';
import { holdLease } from '../stores/lease-store.js';
import { withoutTransaction, type Transaction } from '../stores/transaction.js';
import { OneBehind } from './one-behind.js';
import type { EnsureKeys } from './sum-calls.js';
import { TransactionPace, type TransactionSize } from './transaction-size.js';
import { Turns } from '../ports/turns.js';
import { WriteGate } from './write-gate.js';

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
  /**
   * Buckets of users that were set aside, because their sums are beyond what a column holds. Their figures are computed
   * from the calls with every answer.
   */
  setAsideBuckets: number;
}

/** How long a lease lasts that is not renewed: after it another instance carries on what a killed one left. */
export const LEASE_TTL_MS = 15 * SECOND_MS;

/** A run that holds the lease. */
export interface RollupRun {
  readonly options: RollupRunOptions;
  readonly report: RollupReport;
  /** See `Transaction.setAside`. */
  readonly setAside: ReadonlySet<string>;
  /** When a transaction last renewed the lease, `performance.now()`. */
  readonly lease: { renewedAtMs: number };
  /** Numbers of names; dropped with the run, so that those of a transaction that failed are not kept. */
  readonly keys: KeyCache;
  /** Hours before it are due, epoch ms. */
  readonly dueThroughMs: number;
  /** Runs a short transaction, which fails once another instance has taken over; who records waits for it. */
  write<T>(work: (transaction: KeyTransaction) => Promise<T>): Promise<T>;
  /**
   * The same, where much is written that nobody else touches, and `show` is what makes it seen, if not a later transaction
   * does: who records waits for `show` alone, except on SQLite, where the pace learns of it.
   */
  publish(
    size: TransactionSize,
    write: (transaction: Transaction) => Promise<void>,
    show?: (transaction: Transaction) => Promise<void>,
  ): Promise<void>;
  /** How much of that is published at once. */
  readonly pace: TransactionPace;
  /** Numbers of names, in a transaction of their own. */
  readonly ensure: EnsureKeys;
  /** For work outside of transactions: it stands back for whoever waits for an answer. */
  readonly turns: Turns;
  /** For work within one, whose end others wait for. */
  readonly turnsInTransaction: Turns;
  /** Writes that go on beside the work for the next. */
  writeBehind(): OneBehind;
}

type InTransaction = <T>(work: (transaction: KeyTransaction) => Promise<T>) => Promise<T>;

/** Transactions of a run; where one keeps all other writers out, with pauses between them. */
function createTransactions(
  database: Database,
  shared: Required<Pick<KeyTransaction, 'keys' | 'setAside'>>,
): InTransaction {
  const { dialect, calls } = database;
  const gate = dialect.keepsOthersOut ? new WriteGate() : null;
  return (work) => {
    const begin = (): ReturnType<typeof work> =>
      database.transaction((trx) => work({ trx, dialect, calls, ...shared }));
    return gate ? gate.pass(begin) : begin();
  };
}

/** Sets up a run under a lease. */
export function createRun(
  options: RollupRunOptions,
  epoch: number,
  report: RollupReport,
): RollupRun {
  const { database, nowMs, graceMinutes } = options;
  const keys = new KeyCache();
  const setAside = new Set<string>();
  const { keepsOthersOut } = database.dialect;
  const inTransaction = createTransactions(database, { keys, setAside });
  const lease = { renewedAtMs: performance.now() };
  const hold = async (transaction: Transaction): Promise<void> => {
    await holdLease(transaction, epoch, options.leaseTtlMs);
    lease.renewedAtMs = performance.now();
  };
  const write: RollupRun['write'] = (work) =>
    inTransaction(async (transaction) => {
      await hold(transaction);
      return work(transaction);
    });
  const pace = new TransactionPace();
  const publish: RollupRun['publish'] = async (size, writeRows, show) => {
    if (!keepsOthersOut) {
      return inTransaction(async (transaction) => {
        await writeRows(transaction);
        await hold(transaction);
        await show?.(transaction);
      });
    }
    let heldSinceMs = 0;
    await write(async (transaction) => {
      heldSinceMs = performance.now();
      await writeRows(transaction);
      await show?.(transaction);
    });
    pace.learn(size, performance.now() - heldSinceMs);
  };
  const ensure: EnsureKeys = async (names) => {
    // Most are there from an earlier run: looking for them keeps nobody out.
    const missing = await findMissingKeys({ ...withoutTransaction(database), keys }, names);
    if (missing.size > 0) await write((transaction) => giveKeys(transaction, missing));
  };
  return {
    options,
    report,
    setAside,
    lease,
    keys,
    dueThroughMs: floorTo(HOUR_MS, nowMs - graceMinutes * MINUTE_MS),
    write,
    publish,
    pace,
    ensure,
    turns: new Turns(database.foreground),
    turnsInTransaction: new Turns(null),
    writeBehind: () => new OneBehind(),
  };
}
