/**
 * Runs one transaction while the caller prepares the next: the database writes while this process adds up calls. Transactions
 * run one after the other, in the order in which they were started.
 */
export class WriteBehind {
  #last: Promise<unknown> = Promise.resolve();

  /** Starts work when the work before it is done. @throws what that failed with; the new work is not started then */
  async start(work: () => Promise<unknown>): Promise<void> {
    await this.#last;
    this.#last = work();
    // The next call throws the error.
    this.#last.catch(() => undefined);
  }

  /** Waits for the last work. @throws what it failed with */
  async drain(): Promise<void> {
    await this.#last;
  }

  /** Allows other work after work that failed, once the caller has handled its error. */
  clearFailure(): void {
    this.#last = Promise.resolve();
  }
}
