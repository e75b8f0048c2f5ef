import { UsageError } from '../errors.js';

/** Seconds after which an export that was refused is worth another try. */
const RETRY_SECONDS = 5;

/** Limits concurrent exports, each of which holds a connection of the database: one for each user, some for all. */
export class ExportSlots {
  readonly #users = new Set<string>();
  readonly #max: number;

  /** @param max exports of all users at a time */
  constructor(max: number) {
    this.#max = max;
  }

  /**
   * Takes the slot of a user. Counts are of this process.
   *
   * @returns a function that gives it back, once
   * @throws UsageError `TOO_MANY_REQUESTS` while the user has an export in progress, `SERVER_BUSY` while all slots are taken
   */
  take(userDid: string): () => void {
    if (this.#users.has(userDid)) {
      throw new UsageError('TOO_MANY_REQUESTS', 'Another export of yours is in progress.', {
        retryAfterSeconds: RETRY_SECONDS,
      });
    }
    if (this.#users.size >= this.#max) {
      throw new UsageError('SERVER_BUSY', 'Other exports are in progress. Try again in a moment.', {
        retryAfterSeconds: RETRY_SECONDS,
      });
    }
    this.#users.add(userDid);
    return () => {
      this.#users.delete(userDid);
    };
  }
}
