import type { Knex } from 'knex';
import type { Database } from '../db/database.js';
import { retryWrites } from '../db/retry-writes.js';
import type { AbandonAfter } from './abandon-after.js';
import { HOUR_MS, MINUTE_MS, SECOND_MS, floorTo } from '../values/time.js';
import { TimeSlices } from '../runtime/time-slices.js';
import { withoutTransaction, writeInTransaction, type Transaction } from '../db/transaction.js';
import { queryRow } from '../db/executor.js';
import { verbatim } from '../db/sql.js';
import { WriteThrottle } from './write-throttle.js';

/** Settings of one run. */
export interface RollupRunOptions {
  database: Database;
  /** Epoch ms; hours that ended `graceMinutes` before are rolled up. */
  nowMs: number;
  graceMinutes: number;
  /** Name of this instance. */
  owner: string;
  leaseTtlMs: number;
  /** Calls older than so many days are archived; `null`: none. */
  retentionDays: number | null;
  /** When calls that have not ended are abandoned; `null`: never. */
  abandonAfter: AbandonAfter | null;
  /** Work of others on users. */
  hooks?: RollupHooks | undefined;
  /** Stops between two transactions. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: RollupProgressReport) => void) | undefined;
}

/** Work of others that a run does on users, e.g. to evaluate their alerts. The functions must not reject. */
export interface RollupHooks {
  /** A user was rolled up; called while the user's slot is leased. */
  onUserRolledUp(userDid: string): Promise<void>;
  /** All due users were rolled up. */
  onRolledUp(signal?: AbortSignal): Promise<void>;
}

/** The progress of a run. */
export interface RollupProgressReport {
  /** Start of the hour that was built or rebuilt last, epoch ms. */
  hourMs: number;
  /** New hours so far. */
  hours: number;
  /** Changed hours so far. */
  rebuiltHours: number;
}

/** The result of a run. */
export interface RollupReport {
  /** Whether other instances had leased all slots with due users, so that this run left those users to them. */
  skipped: boolean;
  /** New hours that were rolled up. */
  hours: number;
  /** Dirty hours of users that were rebuilt. */
  rebuiltHours: number;
  /**
   * Buckets of users that were set aside, because their sums are beyond what a column holds. Each query computes their figures
   * from calls.
   */
  setAsideBuckets: number;
  /** Abandoned calls that were ended as failed; see the option `recorder.abandonAfterMinutes`. */
  abandonedCalls: number;
}

/** How long a lease lasts that is not renewed; then another instance continues the work of one that was killed. */
export const LEASE_TTL_MS = 15 * SECOND_MS;

/** One run of the rollup. */
export class RollupRun {
  readonly report: RollupReport = {
    skipped: false,
    hours: 0,
    rebuiltHours: 0,
    setAsideBuckets: 0,
    abandonedCalls: 0,
  };
  /** Hours before it are due, epoch ms. */
  readonly dueThroughMs: number;
  /** Reads of one statement each. */
  readonly reader: Transaction;
  /** Yields to the event loop, and to requests in progress. */
  readonly timeSlices: TimeSlices;
  readonly #hours = new Set<number>();
  readonly #throttle: WriteThrottle | null;

  constructor(readonly options: RollupRunOptions) {
    const { database, nowMs, graceMinutes } = options;
    this.dueThroughMs = floorTo(HOUR_MS, nowMs - graceMinutes * MINUTE_MS);
    this.reader = withoutTransaction(database);
    this.timeSlices = new TimeSlices(database.requestActivity);
    const { writeVersion } = database.dialect;
    this.#throttle =
      writeVersion === null
        ? null
        : new WriteThrottle({ readVersion: () => readValue(database.writer, writeVersion) });
  }

  get isStopped(): boolean {
    return this.options.signal?.aborted === true;
  }

  /**
   * Runs a short transaction, and repeats it when the database aborted it in favour of another. Where one transaction blocks
   * all other writers, pauses before it.
   *
   * @throws what the last attempt failed with
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const { database } = this.options;
    const begin = (): Promise<T> => retryWrites(() => writeInTransaction(database, work));
    return this.#throttle ? this.#throttle.run(begin) : begin();
  }

  /** Runs one statement that writes, without a transaction around it. @throws what the last attempt failed with */
  statement<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const { writer, dialect, calls } = this.options.database;
    return retryWrites(() => work({ trx: writer as Knex.Transaction, dialect, calls }));
  }

  /** Counts built hours; the same hour of several users is one. */
  countHours(hoursMs: readonly number[]): void {
    for (const hourMs of hoursMs) this.#hours.add(hourMs);
    this.report.hours = this.#hours.size;
    this.#reportProgress(hoursMs.at(-1));
  }

  /** Counts rebuilt hours of a user. */
  countRebuilt(hoursMs: readonly number[]): void {
    this.report.rebuiltHours += hoursMs.length;
    this.#reportProgress(hoursMs.at(-1));
  }

  #reportProgress(hourMs: number | undefined): void {
    if (hourMs === undefined) return;
    const { hours, rebuiltHours } = this.report;
    this.options.onProgress?.({ hourMs, hours, rebuiltHours });
  }
}

/** Reads the only value of a statement's only row. */
async function readValue(knex: Knex, statement: string): Promise<unknown> {
  const row = await queryRow<Record<string, unknown>>({ trx: knex }, verbatim(statement));
  return Object.values(row ?? {})[0];
}
