import { setTimeout as sleep } from 'node:timers/promises';

/** Between two requests of a host that is being used lies less. */
const QUIET_MS = 2;
const LOOK_AGAIN_MS = 1;

/** Work that somebody waits for, and how work that nobody waits for keeps out of its way. */
export class RequestActivity {
  readonly #nowMs: () => number;
  #active = 0;
  #endedAtMs = Number.NEGATIVE_INFINITY;

  /** @param nowMs a clock that only goes forward */
  constructor(nowMs = (): number => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Does work that somebody waits for. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#active += 1;
    try {
      return await work();
    } finally {
      this.#active -= 1;
      this.#endedAtMs = this.#nowMs();
    }
  }

  /** Resolves when there is none, or after so many milliseconds: nobody is kept out for ever. */
  async quiet(maxMs: number): Promise<void> {
    const endsAtMs = this.#nowMs() + maxMs;
    while (this.#isBusy() && this.#nowMs() < endsAtMs) await sleep(LOOK_AGAIN_MS);
  }

  #isBusy(): boolean {
    return this.#active > 0 || this.#nowMs() - this.#endedAtMs < QUIET_MS;
  }
}
