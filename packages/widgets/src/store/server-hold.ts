/** What a store may do about a question while the server wants to be left alone. */
export interface HoldVerdict {
  /** Not before this instant, epoch milliseconds; 0 when nothing holds. */
  notBeforeMs: number;
  /** Another request is the trial; its end decides, and the store then looks again. */
  isWaiting: boolean;
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
  #isHeld = false;
  #trial: object | null = null;

  /** Whether and when `asker` may ask. */
  judge(asker: object): HoldVerdict {
    const isWaiting = this.#trial !== null && this.#trial !== asker;
    return { notBeforeMs: this.#untilMs, isWaiting };
  }

  /** A request goes out; the first one after the hold is the trial. */
  begin(asker: object): void {
    if (this.#isHeld) this.#trial ??= asker;
  }

  /** A request ended or was given up; `retryAtMs` when the server named a time. Whether the others should look again. */
  end(asker: object, retryAtMs: number | null, isGivenUp = false): boolean {
    const isTrial = this.#trial === asker;
    if (isTrial) this.#trial = null;
    if (retryAtMs !== null) {
      this.#isHeld = true;
      this.#untilMs = Math.max(this.#untilMs, retryAtMs);
    } else if (isTrial && !isGivenUp) {
      this.#isHeld = false;
      this.#untilMs = 0;
    }
    return isTrial || retryAtMs !== null;
  }
}
