import type { RequestActivity } from './request-activity.js';
import { yieldToEventLoop } from './wait.js';

const SLICE_MS = 1;
/** On a host that is never idle, long work then has a ninth of the time. */
const MAX_WAIT_FOR_REQUESTS_MS = 8;

/**
 * Divides long work into time slices, so that it does not hold the event loop: in between, a host responds to its requests,
 * and drivers send their next statements.
 *
 * @see docs/adr, 0034
 */
export class TimeSlices {
  readonly #requestActivity: RequestActivity | null;
  readonly #nowMs: () => number;
  #endsAtMs: number;

  /**
   * @param requestActivity requests that the work yields to; `null` where others wait for the work itself, as in a transaction
   * @param nowMs a clock that only goes forward
   */
  constructor(requestActivity: RequestActivity | null, nowMs = (): number => performance.now()) {
    this.#requestActivity = requestActivity;
    this.#nowMs = nowMs;
    this.#endsAtMs = nowMs() + SLICE_MS;
  }

  /** Yields to other work if the time slice is over. To be called between steps that are shorter than a time slice. */
  async yieldIfDue(): Promise<void> {
    if (this.#nowMs() < this.#endsAtMs) return;
    await yieldToEventLoop();
    await this.#requestActivity?.waitUntilIdle(MAX_WAIT_FOR_REQUESTS_MS);
    this.#endsAtMs = this.#nowMs() + SLICE_MS;
  }
}
