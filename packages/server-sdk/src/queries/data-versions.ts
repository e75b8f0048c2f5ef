import type { Database } from '../db/database.js';
import { isTimedOut } from '../db/statement-error.js';
import { retryReads } from '../db/retry-reads.js';
import { runDetached } from '../runtime/request-signal.js';
import { yieldToEventLoop } from '../runtime/wait.js';
import { withoutTransaction, type Transaction } from '../db/transaction.js';

interface Waiting<Version> {
  resolve: (version: Version) => void;
  reject: (error: unknown) => void;
}

/** Timeout of the statement, a look-up of a few rows; then it is repeated on another connection. */
const FIRST_TIMEOUT_MS = 1500;
/** Timeout of the second attempt; then the waiting requests fail. */
const SECOND_TIMEOUT_MS = 2500;
/** Later requests do not wait for a statement that takes longer; they start another. */
const SLOW_MS = 500;

/**
 * Reads versions of users' data for requests whose response may be "not modified". Requests that arrive during a statement
 * wait for the next one, which reads the versions of all of them: a thousand open dashboards cost a few statements, and no
 * request gets a version that was read before it arrived. Only the requests that wait for a statement already are held up by
 * it when it hangs.
 */
export class DataVersions<Version = string> {
  #waiting = new Map<string, Waiting<Version>[]>();
  /** When the statement in flight was started, `performance.now()`; `null`: none is in flight. */
  #startedAtMs: number | null = null;

  /** @param readAll reads the versions of users, of each one, see `readDataVersions` */
  constructor(
    readonly database: Database,
    readonly readAll: (
      transaction: Transaction,
      userDids: readonly string[],
    ) => Promise<ReadonlyMap<string, Version>>,
  ) {}

  /** Reads the version of the user's data. @throws StatementError when both attempts fail */
  read(userDid: string): Promise<Version> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(userDid) ?? [];
      waiting.push({ resolve, reject });
      this.#waiting.set(userDid, waiting);
      const isSlow = performance.now() - (this.#startedAtMs ?? Infinity) > SLOW_MS;
      // Not awaited: many requests wait for one statement, and the client of the one that started it may disconnect.
      if (this.#startedAtMs === null || isSlow) void this.#readWaiting();
    });
  }

  async #readWaiting(): Promise<void> {
    while (this.#waiting.size > 0) {
      const sinceMs = performance.now();
      this.#startedAtMs = sinceMs;
      // Requests of one turn of the event loop share a statement.
      await yieldToEventLoop();
      const waiting = this.#waiting;
      this.#waiting = new Map();
      await this.#answer(waiting);
      // Another loop has started meanwhile.
      if (this.#startedAtMs !== sinceMs) return;
    }
    this.#startedAtMs = null;
  }

  async #answer(waiting: ReadonlyMap<string, readonly Waiting<Version>[]>): Promise<void> {
    try {
      const users = [...waiting.keys()];
      const versions = await readTwice(() =>
        this.readAll(withoutTransaction(this.database), users),
      );
      for (const [userDid, all] of waiting) {
        const version = versions.get(userDid);
        if (version === undefined) throw new RangeError('A user has no version');
        for (const { resolve } of all) resolve(version);
      }
    } catch (error) {
      for (const all of waiting.values()) for (const { reject } of all) reject(error);
    }
  }
}

/** Tries twice, because a single silent connection would fail all requests that wait for the statement. */
async function readTwice<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await runDetached(() => retryReads(read), FIRST_TIMEOUT_MS);
  } catch (error) {
    if (!isTimedOut(error)) throw error;
    return runDetached(() => retryReads(read), SECOND_TIMEOUT_MS);
  }
}
