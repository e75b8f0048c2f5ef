import type { UsageRequestError } from '../client/usage-request-error.js';

/** Whether and when a query may send a request, after a response with `Retry-After`. */
export interface GateState {
  /** Not before this instant, epoch milliseconds; 0 when the gate is open. */
  notBeforeMs: number;
  /** The failure that closed the gate; `null` when it is open. */
  error: UsageRequestError | null;
  /** Another query's request is the probe: when it ends, {@link RetryAfterGate.end} says whether to check again. */
  isWaiting: boolean;
}

/** A failure with the instant, epoch milliseconds, before which the server accepts no other request. */
export interface Refusal {
  error: UsageRequestError;
  retryAtMs: number;
}

/**
 * Applies `Retry-After` to every request of a store, not only to the query whose request was refused.
 *
 * A server that cannot respond to one query of a page can hardly respond to the nine others. When the time is over, one
 * request goes out as a probe; the others follow once the probe is not refused. So a page sends one request per
 * `Retry-After` to a server that stays down, however many elements the page has.
 *
 * @see docs/adr/0050-one-polling-store.md
 */
export class RetryAfterGate {
  #untilMs = 0;
  #error: UsageRequestError | null = null;
  #probe: object | null = null;

  /** Whether and when `requester`, the entry of a query, may send a request. */
  check(requester: object): GateState {
    const isWaiting = this.#probe !== null && this.#probe !== requester;
    return { notBeforeMs: this.#untilMs, error: this.#error, isWaiting };
  }

  /** Notes that a request goes out; the first one after a refusal is the probe. */
  begin(requester: object): void {
    if (this.#error !== null) this.#probe ??= requester;
  }

  /**
   * Notes that a request ended or was aborted.
   *
   * @param refusal the failure when the server sent `Retry-After`, else `null`
   * @returns whether the other queries have to check again
   */
  end(requester: object, refusal: Refusal | null, isAborted = false): boolean {
    const isProbe = this.#probe === requester;
    if (isProbe) this.#probe = null;
    if (refusal !== null) {
      this.#error = refusal.error;
      this.#untilMs = Math.max(this.#untilMs, refusal.retryAtMs);
    } else if (isProbe && !isAborted) {
      this.#error = null;
      this.#untilMs = 0;
    }
    return isProbe || refusal !== null;
  }
}
