import type { UsageRequestError } from '../client/usage-request-error.js';

/** Fired when the server does not accept the session or the token, a new token included. The element has stopped polling. */
export class UsageAuthRequiredEvent extends CustomEvent<{ error: UsageRequestError }> {
  static readonly eventName = 'usage-auth-required';

  constructor(error: UsageRequestError) {
    super(UsageAuthRequiredEvent.eventName, { bubbles: true, composed: true, detail: { error } });
  }
}
