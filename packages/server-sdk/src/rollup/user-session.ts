import type { Aggregate, AggregateBucket } from '../aggregates/model/aggregate.js';
import type { Granularity } from '../aggregates/model/range-plan.js';
import type { CallRow } from '../aggregates/store/call-rows.js';
import { markHoursDirty } from '../aggregates/store/user-version-store.js';
import { NameIds } from '../aggregates/store/id-dictionary.js';
import { claimHours, lockUser, type ProgressChange } from './rollup-user-store.js';
import { isStorable } from '../aggregates/store/stored-figures.js';
import {
  deleteRows,
  PreparedAggregate,
  type BucketPlace,
} from '../aggregates/store/aggregate-store.js';
import type { Transaction } from '../db/transaction.js';
import type { UserProgress } from '../aggregates/store/user-progress.js';
import { WriteBehind } from './write-behind.js';
import type { RollupRun } from './rollup-run.js';

const CALLS_PER_CHECK = 100;
const END_OF_TIME_MS = 8.64e15;
const NEVER = Number.MIN_SAFE_INTEGER;

/** A part of a transaction. */
export type Work = (transaction: Transaction) => Promise<void>;

/** A rollup of one user. Its writes fail once another rollup has written aggregates of the user. */
export class UserSession {
  readonly names: NameIds;
  /** Starts of buckets that were set aside, epoch ms: their hour stays dirty until the next run. */
  readonly setAside = new Set<number>();
  readonly #writes = new WriteBehind();
  #progress: UserProgress;
  #revision: number;
  #isClean = false;

  constructor(
    readonly run: RollupRun,
    readonly userDid: string,
    progress: UserProgress,
  ) {
    this.names = new NameIds(userDid);
    this.#progress = progress;
    this.#revision = progress.rollupRevision;
  }

  /** The user's progress, after the started writes are {@link drain drained}. */
  get progress(): Readonly<UserProgress> {
    return this.#progress;
  }

  /** Claims hours before an instant, epoch ms, unless they are claimed. @throws OvertakenError */
  async claim(throughMs: number): Promise<void> {
    if ((this.#progress.claimedThroughMs ?? NEVER) >= throughMs) return;
    const { run, userDid } = this;
    await run.statement((t) => claimHours(t, userDid, this.#revision, throughMs));
    this.#revision += 1;
    this.#progress = { ...this.#progress, claimedThroughMs: throughMs };
  }

  /** Starts a transaction whose changes no query reads, when the one before it is done. @throws what that one failed with */
  writeHidden(work: Work): Promise<void> {
    return this.#writes.start(() => this.#write(work, {}, false));
  }

  /**
   * Starts a transaction whose changes queries read, when the one before it is done.
   *
   * @param finish runs after new ids of the user's projects and models are stored
   * @throws what the transaction before it failed with
   */
  writeVisible(work: Work, change: ProgressChange = {}, finish?: Work): Promise<void> {
    return this.#writes.start(() => this.#write(work, change, true, finish));
  }

  /** Resolves when all transactions are committed. @throws what the last one failed with */
  drain(): Promise<void> {
    return this.#writes.drain();
  }

  /** Allows other transactions after one that failed, once the caller has handled its error. */
  clearFailure(): void {
    this.#writes.clearFailure();
  }

  /** Finds or adds the ids of calls' projects and models, and passes each call with its ids to a function. */
  async addCalls(
    calls: readonly CallRow[],
    add: (appId: number, modelId: number, call: CallRow) => void,
    transaction = this.run.reader,
  ): Promise<void> {
    await this.names.resolve(transaction, calls);
    const { projects, models } = this.names;
    for (let index = 0; index < calls.length; index += 1) {
      const call = calls[index];
      if (!call) continue;
      add(projects.getId(call.appDid), models.getId(call.modelKey), call);
      if (index % CALLS_PER_CHECK === CALLS_PER_CHECK - 1) await this.run.timeSlices.yieldIfDue();
    }
  }

  /**
   * Prepares the aggregates of a bucket. A bucket whose sums are beyond what columns hold has none: its first hour is then to be
   * marked dirty, so that its figures are computed from calls.
   */
  prepareRows(place: BucketPlace, bucket: AggregateBucket): PreparedAggregate[] {
    if (!isStorable(bucket.user)) {
      this.setAside.add(place.bucketMs);
      this.run.report.setAsideBuckets += 1;
      return [];
    }
    return [...bucket]
      .filter((aggregate) => hasAggregate(place.granularity, aggregate))
      .map((aggregate) => new PreparedAggregate(place, aggregate));
  }

  /** Prepares the aggregates of the quarters of an hour that was prepared and can be stored. */
  prepareQuarters(quarters: ReadonlyMap<number, AggregateBucket>): PreparedAggregate[] {
    return [...quarters]
      .sort(([a], [b]) => a - b)
      .flatMap(([bucketMs, bucket]) =>
        this.prepareRows({ granularity: 'quarter', bucketMs }, bucket),
      );
  }

  /** Marks hours of the user dirty, in a transaction of this session. */
  markDirty(transaction: Transaction, hoursMs: readonly number[]): Promise<void> {
    const { userDid } = this;
    return markHoursDirty(
      transaction,
      hoursMs.map((hourMs) => ({ userDid, hourMs })),
    );
  }

  async #write(
    work: Work,
    change: ProgressChange,
    isVisible: boolean,
    finish?: Work,
  ): Promise<void> {
    const { run, userDid } = this;
    const confirm = await run.transaction(async (transaction) => {
      await lockUser(transaction, userDid, this.#revision, { change, isVisible });
      if (!this.#isClean) await this.#deleteLeftovers(transaction);
      await work(transaction);
      const confirmNames = await this.names.writeNew(transaction);
      await finish?.(transaction);
      return confirmNames;
    });
    confirm();
    this.#isClean = true;
    this.#revision += 1;
    this.#progress = { ...this.#progress, ...change };
  }

  /** Deletes aggregates beyond the progress that a killed run wrote: no query has read them, and they may be outdated. */
  async #deleteLeftovers(transaction: Transaction): Promise<void> {
    const { builtThroughMs, daysThroughMs, monthsThroughMs, archivedBeforeMs } = this.#progress;
    const { hasQuarters } = this.run.options.database.calls;
    const through: [Granularity, number | null][] = [
      ['quarter', hasQuarters ? builtThroughMs : archivedBeforeMs],
      ['hour', builtThroughMs],
      ['day', daysThroughMs],
      ['month', monthsThroughMs],
    ];
    for (const [granularity, throughMs] of through) {
      const range = { fromMs: throughMs ?? -END_OF_TIME_MS, toMs: END_OF_TIME_MS };
      await deleteRows(transaction, this.userDid, granularity, range);
    }
  }
}

/** Whether a bucket has an aggregate: of models within projects, days and quarters have one; of all else, quarters have none. */
export function hasAggregate(granularity: Granularity, { scope }: Aggregate): boolean {
  const isSmallest = scope === 'projectModel';
  if (granularity === 'quarter') return isSmallest;
  return granularity === 'day' || !isSmallest;
}
