import type { UsageRequestError } from '../client/usage-request-error.js';

/** What a store may do about a question while the server wants to be left alone. */
export interface HoldVerdict {
  /** Not before this instant, epoch milliseconds; 0 when nothing holds. */
  notBeforeMs: number;
  /** What the server said; `null` when nothing holds. */
  error: UsageRequestError | null;
  /** Another request is the trial; its end decides, and the store then looks again. */
  isWaiting: boolean;
}

/** A failure with the instant, epoch milliseconds, before which the server wants no other request. */
export interface Refusal {
  error: UsageRequestError;
  retryAtMs: number;
}

/**
 * What `Retry-After` holds back: every request of the store, not only the question that was refused.
 *
 * A server that cannot answer one question can hardly answer the nine others of the page. When the time is over one
 * request goes out as a trial; only when it is not refused again do the others follow. So a page asks a server that
 * stays down once each `Retry-After`, however many elements it has.
 */
export class ServerHold {
  #untilMs = 0;
  #error: UsageRequestError | null = null;
  #trial: object | null = null;

  /** Whether and when `asker` may ask. */
  judge(asker: object): HoldVerdict {
    const isWaiting = this.#trial !== null && this.#trial !== asker;
    return { notBeforeMs: this.#untilMs, error: this.#error, isWaiting };
  }

  /** A request goes out; the first one after the hold is the trial. */
  begin(asker: object): void {
    if (this.#error !== null) this.#trial ??= asker;
  }

  /** A request ended or was given up; `refusal` when the server named a time. Whether the others should look again. */
  end(asker: object, refusal: Refusal | null, isGivenUp = false): boolean {
    const isTrial = this.#trial === asker;
    if (isTrial) this.#trial = null;
    if (refusal !== null) {
      this.#error = refusal.error;
      this.#untilMs = Math.max(this.#untilMs, refusal.retryAtMs);
    } else if (isTrial && !isGivenUp) {
      this.#error = null;
      this.#untilMs = 0;
    }
    return isTrial || refusal !== null;
  }
}
