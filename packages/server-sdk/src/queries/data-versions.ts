import type { Database } from '../db/database.js';
import { isUnanswered } from '../db/database-failures.js';
import { retryReads } from '../db/retry-reads.js';
import { withStatementDeadline } from '../runtime/request-signal.js';
import { yieldToEventLoop } from '../runtime/wait.js';
import { readDataVersions } from './data-version-store.js';
import { withoutTransaction } from '../db/transaction.js';

interface Waiting {
  resolve: (version: string) => void;
  reject: (error: unknown) => void;
}

/** How long the statement, a look-up of a few rows, may take before it is asked again on another connection. */
const FIRST_DEADLINE_MS = 1500;
/** How long it may take then, before those who wait for it are refused. */
const SECOND_DEADLINE_MS = 2500;
/** A statement that takes longer is not waited for by those who come after it. */
const SLOW_MS = 500;

/**
 * Versions of users' data for requests that may be answered with "not modified". Requests that come while the database is
 * asked wait for the next statement, which asks for all of them: a thousand open dashboards cost a few statements, and no
 * request is answered with a version that was read before it came. A statement that hangs holds up those alone that wait
 * for it already.
 */
export class DataVersions {
  #waiting = new Map<string, Waiting[]>();
  /** When the last statement was begun that is not done, `performance.now()`; `null`: none. */
  #askingSinceMs: number | null = null;

  constructor(readonly database: Database) {}

  /** The version of the user's data now; see `readDataVersions`. */
  of(userDid: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(userDid) ?? [];
      waiting.push({ resolve, reject });
      this.#waiting.set(userDid, waiting);
      const isSlow = performance.now() - (this.#askingSinceMs ?? Infinity) > SLOW_MS;
      // Many requests wait for one statement: the client that began it may go without them.
      if (this.#askingSinceMs === null || isSlow) void this.#ask();
    });
  }

  async #ask(): Promise<void> {
    while (this.#waiting.size > 0) {
      const sinceMs = performance.now();
      this.#askingSinceMs = sinceMs;
      // Requests of one turn go together, on however many connections they came.
      await yieldToEventLoop();
      const waiting = this.#waiting;
      this.#waiting = new Map();
      await this.#answer(waiting);
      // Another has taken over meanwhile.
      if (this.#askingSinceMs !== sinceMs) return;
    }
    this.#askingSinceMs = null;
  }

  async #answer(waiting: ReadonlyMap<string, readonly Waiting[]>): Promise<void> {
    try {
      const users = [...waiting.keys()];
      const versions = await askTwice(() =>
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

/** Many wait for this one statement: a connection that went silent must not cost all of them their answers. */
async function askTwice<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await withStatementDeadline(FIRST_DEADLINE_MS, () => retryReads(read));
  } catch (error) {
    if (!isUnanswered(error)) throw error;
    return withStatementDeadline(SECOND_DEADLINE_MS, () => retryReads(read));
  }
}
