import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Lets a piece of work go on while the next is made ready: the database writes one transaction while this process sums
 * the calls of the next. Never two at once, and in the order they came.
 */
export class OneBehind {
  readonly #gapMs: number | null;
  #last: Promise<unknown> = Promise.resolve();

  /** @param gapMs one piece after the other after all, and so long nothing between them: who waits for the database gets in */
  constructor(gapMs: number | null) {
    this.#gapMs = gapMs;
  }

  /** Starts work when the piece before it is done. @throws what that one failed with; the new one is not started then */
  async start(work: () => Promise<unknown>): Promise<void> {
    await this.#last;
    this.#last = work();
    // Thrown where it is waited for.
    this.#last.catch(() => undefined);
    if (this.#gapMs === null) return;
    await this.#last;
    await sleep(this.#gapMs);
  }

  /** Waits for what was started last. @throws what it failed with */
  async settle(): Promise<void> {
    await this.#last;
  }
}
