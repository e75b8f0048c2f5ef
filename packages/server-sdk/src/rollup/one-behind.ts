import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Lets a piece of work go on while the next is made ready: the database writes one transaction while this process sums
 * the calls of the next. Never two at once, and in the order they came.
 */
export class OneBehind {
  readonly #gapMs: number;
  #last: Promise<unknown> = Promise.resolve();
  #endedAtMs = Number.NEGATIVE_INFINITY;

  /** @param gapMs between two pieces nothing is done for so long: who else waits for the database gets in */
  constructor(gapMs: number) {
    this.#gapMs = gapMs;
  }

  /** Starts work when the piece before it is done. @throws what that one failed with; the new one is not started then */
  async start(work: () => Promise<unknown>): Promise<void> {
    await this.#last;
    const restMs = this.#endedAtMs + this.#gapMs - performance.now();
    if (restMs > 0) await sleep(restMs);
    this.#last = work().finally(() => {
      this.#endedAtMs = performance.now();
    });
    // Thrown where it is waited for.
    this.#last.catch(() => undefined);
  }

  /** Waits for what was started last. @throws what it failed with */
  async settle(): Promise<void> {
    await this.#last;
  }
}
