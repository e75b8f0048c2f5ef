import type { UsageRequestError } from '../client/usage-request-error.js';

/** Fired when the server knows nobody, after a fresh token was refused too. The element has stopped asking. */
export class UsageAuthRequiredEvent extends CustomEvent<{ error: UsageRequestError }> {
  static readonly eventName = 'usage-auth-required';

  constructor(error: UsageRequestError) {
    super(UsageAuthRequiredEvent.eventName, { bubbles: true, composed: true, detail: { error } });
  }
}
