/**
 * Lets a piece of work go on while the next is made ready: the database writes one transaction while this process sums
 * the calls of the next. Never two at once, and in the order they came.
 */
export class WriteBehind {
  #last: Promise<unknown> = Promise.resolve();

  /** Starts work when the piece before it is done. @throws what that one failed with; the new one is not started then */
  async start(work: () => Promise<unknown>): Promise<void> {
    await this.#last;
    this.#last = work();
    // Thrown where it is waited for.
    this.#last.catch(() => undefined);
  }

  /** Waits for what was started last. @throws what it failed with */
  async drain(): Promise<void> {
    await this.#last;
  }

  /** Forgets that work failed, once that is dealt with: other work may follow. */
  clearFailure(): void {
    this.#last = Promise.resolve();
  }
}
