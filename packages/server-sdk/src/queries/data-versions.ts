import type { Database } from '../db/database.js';
import { isTimedOut } from '../db/database-failures.js';
import { retryReads } from '../db/retry-reads.js';
import { withStatementDeadline } from '../runtime/request-signal.js';
import { yieldToEventLoop } from '../runtime/wait.js';
import { readDataVersions } from './data-version-store.js';
import { withoutTransaction } from '../db/transaction.js';

interface Waiting {
  resolve: (version: string) => void;
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
export class DataVersions {
  #waiting = new Map<string, Waiting[]>();
  /** When the statement in flight was started, `performance.now()`; `null`: none is in flight. */
  #startedAtMs: number | null = null;

  constructor(readonly database: Database) {}

  /** Reads the version of the user's data, see `readDataVersions`. @throws StatementError when both attempts fail */
  read(userDid: string): Promise<string> {
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
      await this.#readAll(waiting);
      // Another loop has started meanwhile.
      if (this.#startedAtMs !== sinceMs) return;
    }
    this.#startedAtMs = null;
  }

  async #readAll(waiting: ReadonlyMap<string, readonly Waiting[]>): Promise<void> {
    try {
      const users = [...waiting.keys()];
      const versions = await readTwice(() =>
        readDataVersions(withoutTransaction(this.database), users),
      );
      for (const [userDid, all] of waiting) {
        for (const { resolve } of all) resolve(versions.get(userDid) ?? '');
      }
    } catch (error) {
      for (const all of waiting.values()) for (const { reject } of all) reject(error);
    }
  }
}

/** Tries twice, because a single silent connection would fail all requests that wait for the statement. */
async function readTwice<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await withStatementDeadline(FIRST_TIMEOUT_MS, () => retryReads(read));
  } catch (error) {
    if (!isTimedOut(error)) throw error;
    return withStatementDeadline(SECOND_TIMEOUT_MS, () => retryReads(read));
  }
}
