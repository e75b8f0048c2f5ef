import type { UsageRequestError } from '../client/usage-request-error.js';

/** Fired once for each failed request of an element; `detail.error` has code, status and request id. */
export class UsageErrorEvent extends CustomEvent<{ error: UsageRequestError }> {
  static readonly eventName = 'usage-error';

  constructor(error: UsageRequestError) {
    super(UsageErrorEvent.eventName, { bubbles: true, composed: true, detail: { error } });
  }
}
