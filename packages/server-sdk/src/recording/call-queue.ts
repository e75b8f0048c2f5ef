import type { StoredCall } from '../values/stored-call.js';
import { UsageError } from '../errors.js';
import { toCallKey, type WriteCounts } from './call-write-store.js';
import { isOutage } from '../db/statement-error.js';

/** Limits of a {@link CallQueue}, and the function that writes its calls. */
export interface CallQueueOptions {
  /** Stores the calls of several callers in one transaction: all of them or none. */
  store: (jobs: readonly (readonly StoredCall[])[]) => Promise<WriteCounts[]>;
  /** Calls that are queued to be written; a caller whose calls would exceed it waits until earlier ones are written. */
  maxQueuedCalls: number;
  /** Calls of waiting callers; a caller whose calls would exceed it gets `RECORDER_FULL`. */
  maxWaitingCalls: number;
  /** Transactions in progress concurrently. */
  maxTransactions: number;
  /** Calls of one transaction; the calls of one caller are never split, and may be more. */
  maxCallsPerTransaction: number;
}

/** The calls of one `add`. */
interface Job {
  calls: readonly StoredCall[];
  resolve: (counts: WriteCounts) => void;
  reject: (error: unknown) => void;
}

/**
 * Group commit: gathers calls of many callers into shared transactions. Calls that arrive while `maxTransactions` are in
 * progress go into the next one, so that one wait for the disk serves all of them. Concurrent transactions have no call in
 * common, so calls of the same id are stored in the order they arrived. The promise of a caller resolves when its calls are
 * on disk.
 *
 * @see docs/adr/0020-writing-calls.md
 */
export class CallQueue {
  readonly #options: CallQueueOptions;
  #jobs: Job[] = [];
  #pendingCalls = 0;
  /** Jobs of waiting callers. */
  #waiting: Job[] = [];
  #queuedCalls = 0;
  #waitingCalls = 0;
  readonly #running = new Map<Promise<void>, ReadonlySet<string>>();
  #isStartScheduled = false;
  #isBlocked = false;
  #stopped = false;

  constructor(options: CallQueueOptions) {
    this.#options = options;
  }

  /**
   * Stores the calls of one caller, all or none, after those of earlier callers.
   *
   * @param check makes the calls from the caller's input. It runs before this function returns, since the caller may change
   *   the input while it waits, and does not run when the queue is full. Only this caller receives what it throws
   * @returns how many of the calls were new and how many were there before
   * @throws UsageError `RECORDER_FULL` when too many calls wait already, `RECORDER_STOPPED` after {@link stop}
   */
  async add(check: () => readonly StoredCall[]): Promise<WriteCounts> {
    if (this.#stopped) {
      throw new UsageError('RECORDER_STOPPED', 'Nothing was recorded: usage was stopped.');
    }
    // A full queue refuses before the work of a check; whether all of the calls fit is known after it.
    if (!this.#hasCapacity(1)) this.#requireWaitingCapacity(1);
    const calls = check();
    const size = calls.length;
    if (size === 0) return { inserted: 0, updated: 0 };
    const fits = this.#hasCapacity(size);
    if (!fits) this.#requireWaitingCapacity(size);
    return new Promise((resolve, reject) => {
      const job = { calls, resolve, reject };
      if (fits) this.#enter(job);
      else this.#wait(job);
    });
  }

  #wait(job: Job): void {
    this.#waiting.push(job);
    this.#waitingCalls += job.calls.length;
  }

  #enter(job: Job): void {
    this.#queuedCalls += job.calls.length;
    this.#pendingCalls += job.calls.length;
    this.#jobs.push(job);
    this.#scheduleStart();
  }

  /** Refuses further calls, and resolves when the accepted ones are on disk or have failed. */
  async stop(): Promise<void> {
    this.#stopped = true;
    // Each iteration waits for a transaction, or for a microtask that starts one.
    while (this.#queuedCalls > 0 || this.#waiting.length > 0) {
      await (this.#running.size > 0 ? Promise.race(this.#running.keys()) : Promise.resolve());
    }
  }

  /** While callers wait, no later caller overtakes them. */
  #hasCapacity(size: number): boolean {
    return this.#waiting.length === 0 && this.#fits(size);
  }

  /** An empty queue accepts any number of calls. */
  #fits(size: number): boolean {
    return this.#queuedCalls === 0 || this.#queuedCalls + size <= this.#options.maxQueuedCalls;
  }

  #requireWaitingCapacity(size: number): void {
    const { maxQueuedCalls, maxWaitingCalls } = this.#options;
    if (this.#waitingCalls + size > maxWaitingCalls) {
      throw new UsageError(
        'RECORDER_FULL',
        `Nothing was recorded: ${maxQueuedCalls} calls are being written and ${this.#waitingCalls} more wait, more than the database can write in time. Wait for "record" before recording more.`,
      );
    }
  }

  /** Lets waiting callers in, now that calls of others are written. */
  #release(size: number): void {
    this.#queuedCalls -= size;
    for (let [first] = this.#waiting; first; [first] = this.#waiting) {
      if (!this.#fits(first.calls.length)) return;
      this.#waiting.shift();
      this.#waitingCalls -= first.calls.length;
      this.#enter(first);
    }
  }

  /** Starts transactions in a microtask, so that all callers of one tick share them. */
  #scheduleStart(): void {
    if (this.#isStartScheduled) return;
    this.#isStartScheduled = true;
    queueMicrotask(() => {
      this.#isStartScheduled = false;
      for (let batch = this.#takeBatch(); batch.length > 0; batch = this.#takeBatch()) {
        this.#start(batch);
      }
    });
  }

  #start(batch: readonly Job[]): void {
    const work = this.#write(batch).then(() => {
      this.#running.delete(work);
      this.#isBlocked = false;
      this.#release(batch.reduce((sum, { calls }) => sum + calls.length, 0));
      this.#scheduleStart();
    });
    this.#running.set(
      work,
      this.#options.maxTransactions > 1
        ? new Set(batch.flatMap(({ calls }) => calls.map(toCallKey)))
        : new Set(),
    );
  }

  /**
   * Takes the jobs of the next transaction in the order they arrived. While another transaction is in progress only a full
   * batch is taken: fewer calls wait for more, because many small commits are slower than one.
   *
   * @returns no jobs when no transaction can start now
   */
  #takeBatch(): Job[] {
    const { maxTransactions, maxCallsPerTransaction } = this.#options;
    const isEnough = this.#running.size === 0 || this.#pendingCalls >= maxCallsPerTransaction;
    if (this.#running.size >= maxTransactions || !isEnough || this.#isBlocked) return [];
    let size = 0;
    let end = 0;
    for (const { calls } of this.#jobs) {
      if (end > 0 && size + calls.length > maxCallsPerTransaction) break;
      // Evaluated again when a transaction has ended, not with each call that arrives.
      this.#isBlocked = this.#isAnyInFlight(calls);
      if (this.#isBlocked) break;
      size += calls.length;
      end += 1;
    }
    if (this.#isBlocked) return [];
    this.#pendingCalls -= size;
    return this.#jobs.splice(0, end);
  }

  /** Whether a transaction in progress writes one of these calls. */
  #isAnyInFlight(calls: readonly StoredCall[]): boolean {
    const running = [...this.#running.values()];
    return (
      running.length > 0 && calls.some((call) => running.some((keys) => keys.has(toCallKey(call))))
    );
  }

  /**
   * Writes a batch in one transaction. When its content makes it fail, each half is written separately, down to the job at
   * fault. Never throws.
   */
  async #write(batch: readonly Job[]): Promise<void> {
    try {
      const counts = await this.#options.store(batch.map(({ calls }) => calls));
      for (const [index, job] of batch.entries()) {
        job.resolve(counts[index] ?? { inserted: 0, updated: 0 });
      }
    } catch (error) {
      if (batch.length === 1 || isOutage(error)) {
        for (const job of batch) job.reject(error);
        return;
      }
      const middle = Math.ceil(batch.length / 2);
      await this.#write(batch.slice(0, middle));
      await this.#write(batch.slice(middle));
    }
  }
}
