import type { Knex } from 'knex';
import type { Database } from '../db/database.js';
import { retryWrites } from '../db/retry-writes.js';
import type { AbandonAfter } from './abandon-after.js';
import { HOUR_MS, MINUTE_MS, SECOND_MS, floorTo } from '../values/time.js';
import { TimeSlices } from '../runtime/time-slices.js';
import { withoutTransaction, type Transaction } from '../db/transaction.js';
import { toRows } from '../db/executor.js';
import { WriteThrottle } from './write-throttle.js';

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
  retentionDays: number | null;
  /** When calls that have not ended are taken to be abandoned; `null`: never. */
  abandonAfter: AbandonAfter | null;
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
  /** Whether other instances were at work on users that are due, and this run left them to those. */
  skipped: boolean;
  /** New hours that were rolled up. */
  hours: number;
  /** Hours of users that were rebuilt because calls in them arrived, ended or changed. */
  rebuiltHours: number;
  /**
   * Buckets of users that were set aside, because their sums are beyond what a column holds. Their figures are computed
   * from the calls with every answer.
   */
  setAsideBuckets: number;
  /** Calls that were ended as failed because their process is gone; see the option `recorder.abandonAfterMinutes`. */
  abandonedCalls: number;
}

/** How long a lease lasts that is not renewed: after it another instance carries on what a killed one left. */
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
  /** Keeps long work from holding the event loop, and gives way to answers. */
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
   * Runs a short transaction, again where the database gave it up in favour of another; where one transaction blocks all
   * other writers, with a pause before it.
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const { database } = this.options;
    const { dialect, calls } = database;
    const begin = (): Promise<T> =>
      retryWrites(() => database.transaction((trx) => work({ trx, dialect, calls })));
    return this.#throttle ? this.#throttle.run(begin) : begin();
  }

  /** Runs one statement that writes, which needs no transaction around it. */
  statement<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const { writer, dialect, calls } = this.options.database;
    return retryWrites(() => work({ trx: writer as Knex.Transaction, dialect, calls }));
  }

  /** Counts hours that were built: those of several users are one. */
  countHours(hoursMs: readonly number[]): void {
    for (const hourMs of hoursMs) this.#hours.add(hourMs);
    this.report.hours = this.#hours.size;
    this.#tellProgress(hoursMs.at(-1));
  }

  /** Counts hours of a user that were rebuilt. */
  countRebuilt(hoursMs: readonly number[]): void {
    this.report.rebuiltHours += hoursMs.length;
    this.#tellProgress(hoursMs.at(-1));
  }

  #tellProgress(hourMs: number | undefined): void {
    if (hourMs === undefined) return;
    const { hours, rebuiltHours } = this.report;
    this.options.onProgress?.({ hourMs, hours, rebuiltHours });
  }
}

/** The one value that a statement gives. */
async function readValue(knex: Knex, sql: string): Promise<unknown> {
  const [row] = toRows<Record<string, unknown>>(await knex.raw(sql));
  return Object.values(row ?? {})[0];
}
