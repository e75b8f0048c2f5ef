import type { StoredCall } from '../values/stored-call.js';
import { UsageError } from '../errors.js';
import type { WriteCounts } from './call-write-store.js';
import { isOutage } from '../db/database-failures.js';

/** How much the queue holds, and who writes it. */
export interface CallQueueOptions {
  /** Stores the calls of several callers in one transaction, or none of them. */
  store: (jobs: readonly (readonly StoredCall[])[]) => Promise<WriteCounts[]>;
  /** Calls that are held to be written; callers beyond it wait with what they have. */
  maxQueuedCalls: number;
  /** Calls of callers that wait; beyond it they are turned away. */
  maxWaitingCalls: number;
  /** Transactions under way at once. */
  maxTransactions: number;
  /** Calls of one transaction; one caller's are never parted. */
  maxCallsPerTransaction: number;
}

/** The calls of one `add`. */
interface Job {
  calls: readonly StoredCall[];
  resolve: (counts: WriteCounts) => void;
  reject: (error: unknown) => void;
}

/** A caller whose calls wait for room. */
interface Waiter {
  size: number;
  enter: () => void;
}

/**
 * Gathers calls of many callers into shared transactions: what arrives while all there may be are under way goes into the
 * next, so that one wait for the disk serves all of them. Transactions at one time have no call in common, so calls of the
 * same id are stored in the order they came. A caller is answered when its calls are on disk.
 */
export class CallQueue {
  readonly #options: CallQueueOptions;
  #jobs: Job[] = [];
  #callsOfJobs = 0;
  #waiters: Waiter[] = [];
  #queuedCalls = 0;
  #waitingCalls = 0;
  readonly #running = new Map<Promise<void>, ReadonlySet<string>>();
  #isWoken = false;
  #isHeldUp = false;
  #stopped = false;

  constructor(options: CallQueueOptions) {
    this.#options = options;
  }

  /**
   * Stores the calls of one caller, all or none, after those of earlier callers.
   *
   * @param check makes them, before this returns: the caller may change what they are made of while it waits. Not called
   *   where there is no room; what it throws is the caller's alone
   * @throws UsageError `RECORDER_FULL` when too many wait already, `RECORDER_STOPPED` after {@link stop}
   */
  async add(check: () => readonly StoredCall[]): Promise<WriteCounts> {
    if (this.#stopped) {
      throw new UsageError('RECORDER_STOPPED', 'Nothing was recorded: usage was stopped.');
    }
    // Before the work of a check that nothing comes of; whether all of them have room is known after it.
    if (!this.#hasRoom(1)) this.#requirePlaceInLine(1);
    const calls = check();
    const size = calls.length;
    if (size === 0) return { inserted: 0, updated: 0 };
    if (this.#hasRoom(size)) this.#queuedCalls += size;
    else await this.#waitForRoom(size);
    return new Promise((resolve, reject) => {
      this.#jobs.push({ calls, resolve, reject });
      this.#callsOfJobs += size;
      this.#wake();
    });
  }

  /** Takes no more calls, and resolves when those it has are on disk or refused. */
  async stop(): Promise<void> {
    this.#stopped = true;
    // Each round is a transaction, or a moment in which calls are on their way into one.
    while (this.#queuedCalls > 0 || this.#waiters.length > 0) {
      await (this.#running.size > 0 ? Promise.race(this.#running.keys()) : Promise.resolve());
    }
  }

  /** Whoever comes first has room, however much it brings; nobody overtakes those who wait. */
  #hasRoom(size: number): boolean {
    if (this.#waiters.length > 0) return false;
    return this.#queuedCalls === 0 || this.#queuedCalls + size <= this.#options.maxQueuedCalls;
  }

  #requirePlaceInLine(size: number): void {
    const { maxQueuedCalls, maxWaitingCalls } = this.#options;
    if (this.#waitingCalls + size > maxWaitingCalls) {
      throw new UsageError(
        'RECORDER_FULL',
        `Nothing was recorded: ${maxQueuedCalls} calls are being written and ${this.#waitingCalls} more wait, more than the database keeps up with. Wait for "record" before recording more.`,
      );
    }
  }

  #waitForRoom(size: number): Promise<void> {
    this.#requirePlaceInLine(size);
    this.#waitingCalls += size;
    return new Promise((resolve) => {
      this.#waiters.push({ size, enter: resolve });
    });
  }

  #leave(size: number): void {
    this.#queuedCalls -= size;
    for (;;) {
      const [first] = this.#waiters;
      const room = this.#options.maxQueuedCalls - this.#queuedCalls;
      if (!first || (this.#queuedCalls > 0 && first.size > room)) return;
      this.#waiters.shift();
      this.#waitingCalls -= first.size;
      this.#queuedCalls += first.size;
      first.enter();
    }
  }

  /** Starts what there is a transaction for, in the next moment: callers of the same one share it. */
  #wake(): void {
    if (this.#isWoken) return;
    this.#isWoken = true;
    queueMicrotask(() => {
      this.#isWoken = false;
      for (let batch = this.#takeBatch(); batch.length > 0; batch = this.#takeBatch()) {
        this.#start(batch);
      }
    });
  }

  #start(batch: readonly Job[]): void {
    const work = this.#write(batch).then(() => {
      this.#running.delete(work);
      this.#isHeldUp = false;
      this.#leave(batch.reduce((sum, { calls }) => sum + calls.length, 0));
      // Those who were let in add their calls before.
      this.#wake();
    });
    this.#running.set(work, this.#options.maxTransactions > 1 ? toKeys(batch) : new Set());
  }

  /**
   * The jobs of the next transaction, in the order they came. Beside another it must be a full one: fewer calls gather for
   * one more turn, or each would wait for a commit of its own.
   */
  #takeBatch(): Job[] {
    const { maxTransactions, maxCallsPerTransaction } = this.#options;
    const isEnough = this.#running.size === 0 || this.#callsOfJobs >= maxCallsPerTransaction;
    if (this.#running.size >= maxTransactions || !isEnough || this.#isHeldUp) return [];
    let size = 0;
    let end = 0;
    for (const { calls } of this.#jobs) {
      if (end > 0 && size + calls.length > maxCallsPerTransaction) break;
      // Looked at again when a transaction has ended, not with each call that comes.
      this.#isHeldUp = this.#isUnderWay(calls);
      if (this.#isHeldUp) break;
      size += calls.length;
      end += 1;
    }
    if (this.#isHeldUp) return [];
    this.#callsOfJobs -= size;
    return this.#jobs.splice(0, end);
  }

  #isUnderWay(calls: readonly StoredCall[]): boolean {
    const running = [...this.#running.values()];
    return (
      running.length > 0 && calls.some((call) => running.some((keys) => keys.has(toKey(call))))
    );
  }

  /** One transaction; when it fails for what is in it, each half by itself, down to the job at fault. Never throws. */
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

/** Identifiers hold no control character, so no two calls have the same key. */
const toKey = ({ userDid, id }: StoredCall): string => `${userDid}\0${id}`;

const toKeys = (batch: readonly Job[]): Set<string> =>
  new Set(batch.flatMap(({ calls }) => calls.map(toKey)));
