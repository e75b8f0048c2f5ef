import { setTimeout as sleep } from 'node:timers/promises';

const SHORTEST_REST_MS = 5;
/** Another process that wants to write looks again after 1, 2, 5, 10, 15, 20 ms: once within a rest as long as the longest. */
const LONGEST_REST_MS = 20;

/**
 * Leaves time between transactions where only one process writes at a time, and others do not stand in line but look again:
 * else short ones that follow each other keep them out as a long one would. The rest is twice as long as what was before.
 */
export class WriteGate {
  readonly #nowMs: () => number;
  readonly #rest: (milliseconds: number) => Promise<unknown>;
  #last: Promise<unknown> = Promise.resolve();
  #opensAtMs = Number.NEGATIVE_INFINITY;

  /** @param nowMs a clock that only goes forward */
  constructor(
    nowMs = (): number => performance.now(),
    rest = (milliseconds: number): Promise<unknown> => sleep(milliseconds),
  ) {
    this.#nowMs = nowMs;
    this.#rest = rest;
  }

  /** Runs work when what came before is done, well or not, and rested from. @throws what the work fails with */
  pass<T>(work: () => Promise<T>): Promise<T> {
    const passed = this.#last.then(() => this.#enter(work));
    this.#last = passed.catch(() => undefined);
    return passed;
  }

  async #enter<T>(work: () => Promise<T>): Promise<T> {
    const restMs = this.#opensAtMs - this.#nowMs();
    if (restMs > 0) await this.#rest(restMs);
    const startedMs = this.#nowMs();
    try {
      return await work();
    } finally {
      const endedMs = this.#nowMs();
      const tookMs = endedMs - startedMs;
      this.#opensAtMs = endedMs + Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, 2 * tookMs));
    }
  }
}
