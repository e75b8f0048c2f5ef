import type { RequestActivity } from './request-activity.js';
import { endOfTurn } from './wait.js';

const TURN_MS = 1;
/** So that work beside a host that is never quiet has a ninth of the time. */
const STAND_BACK_MS = 8;

/**
 * Keeps long work from holding the event loop: beside it a host answers its requests, and the database is sent the next
 * statement instead of waiting for the end of the work.
 */
export class TimeSlices {
  readonly #foreground: RequestActivity | null;
  readonly #nowMs: () => number;
  #endsAtMs: number;

  /**
   * @param foreground what the work stands back for; `null` where others wait for the work itself, as in a transaction
   * @param nowMs a clock that only goes forward
   */
  constructor(foreground: RequestActivity | null, nowMs = (): number => performance.now()) {
    this.#foreground = foreground;
    this.#nowMs = nowMs;
    this.#endsAtMs = nowMs() + TURN_MS;
  }

  /** Lets others have a turn, if this one took long. Called between parts of work that take less than a turn. */
  async yieldIfDue(): Promise<void> {
    if (this.#nowMs() < this.#endsAtMs) return;
    await endOfTurn();
    await this.#foreground?.quiet(STAND_BACK_MS);
    this.#endsAtMs = this.#nowMs() + TURN_MS;
  }
}
