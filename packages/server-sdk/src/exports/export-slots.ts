import { UsageError } from '../errors.js';

/** Seconds after which an export that was refused is worth another try. */
const RETRY_SECONDS = 5;

/** Limits concurrent exports, each of which holds a connection of the database: one for each user, some for all. */
export class ExportSlots {
  /** How to end the export of each user who has one. */
  readonly #users = new Map<string, () => void>();
  readonly #max: number;
  #onEmpty: () => void = () => undefined;

  /** @param max exports of all users at a time */
  constructor(max: number) {
    this.#max = max;
  }

  /**
   * Takes the slot of a user. Counts are of this process.
   *
   * @param end ends the export, when the host stops
   * @returns a function that gives the slot back
   * @throws UsageError `TOO_MANY_REQUESTS` while the user has an export in progress, `SERVER_BUSY` while all slots are taken
   */
  take(userDid: string, end: () => void): () => void {
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
    this.#users.set(userDid, end);
    return () => {
      this.#users.delete(userDid);
      if (this.#users.size === 0) this.#onEmpty();
    };
  }

  /** Ends all exports, and resolves when none uses the database any more. */
  async stop(): Promise<void> {
    if (this.#users.size === 0) return;
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    for (const end of [...this.#users.values()]) end();
    await empty;
  }
}
