import type { Database } from '../db/database.js';
import { onNobodysBehalf } from '../ports/request-signal.js';
import { endOfTurn } from '../ports/wait.js';
import { readDataVersions } from '../stores/data-version-store.js';
import { withoutTransaction } from '../stores/transaction.js';

interface Waiting {
  resolve: (version: string) => void;
  reject: (error: unknown) => void;
}

/**
 * Versions of users' data for requests that may be answered with "not modified". Requests that come while the database is
 * asked wait for the next question, which asks for all of them: a thousand open dashboards cost a few statements, and no
 * request is answered with a version that was read before it came.
 */
export class DataVersions {
  #waiting = new Map<string, Waiting[]>();
  #asking = false;

  constructor(readonly database: Database) {}

  /** The version of the user's data now; see `readDataVersions`. */
  of(userDid: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(userDid) ?? [];
      waiting.push({ resolve, reject });
      this.#waiting.set(userDid, waiting);
      // Many requests wait for one statement: the hang-up of the one that began it is no matter of theirs.
      if (!this.#asking) void onNobodysBehalf(() => this.#ask());
    });
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    while (this.#waiting.size > 0) {
      // Requests of one turn go together, on however many connections they came.
      await endOfTurn();
      const waiting = this.#waiting;
      this.#waiting = new Map();
      await this.#answer(waiting);
    }
    this.#asking = false;
  }

  async #answer(waiting: ReadonlyMap<string, readonly Waiting[]>): Promise<void> {
    try {
      const users = [...waiting.keys()];
      const versions = await readDataVersions(withoutTransaction(this.database), users);
      for (const [userDid, all] of waiting) {
        for (const { resolve } of all) resolve(versions.get(userDid) ?? '');
      }
    } catch (error) {
      for (const all of waiting.values()) for (const { reject } of all) reject(error);
    }
  }
}
