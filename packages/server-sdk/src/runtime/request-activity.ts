import { setTimeout as sleep } from 'node:timers/promises';

/** Without a request for this long a host counts as idle: requests of a host in use follow more closely. */
const IDLE_MS = 2;
const POLL_MS = 1;

/**
 * Whether requests are in progress: responses and records, which a caller waits for. Background work waits until there are
 * none.
 *
 * @see docs/adr, 0034
 */
export class RequestActivity {
  readonly #nowMs: () => number;
  #active = 0;
  #endedAtMs = Number.NEGATIVE_INFINITY;

  /** @param nowMs a clock that only goes forward */
  constructor(nowMs = (): number => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Runs work that a caller waits for. @returns its result @throws its error */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#active += 1;
    try {
      return await work();
    } finally {
      this.#active -= 1;
      this.#endedAtMs = this.#nowMs();
    }
  }

  /**
   * Resolves when no request is in progress.
   *
   * @param maxMs milliseconds after which it resolves all the same, so that a busy host does not stop background work
   */
  async waitUntilIdle(maxMs: number): Promise<void> {
    const endsAtMs = this.#nowMs() + maxMs;
    while (this.#isBusy() && this.#nowMs() < endsAtMs) await sleep(POLL_MS);
  }

  #isBusy(): boolean {
    return this.#active > 0 || this.#nowMs() - this.#endedAtMs < IDLE_MS;
  }
}
