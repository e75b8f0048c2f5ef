/** Fired when a person presses the top-up button. Cancel it to open your own dialog instead of the link. */
export class UsageTopUpEvent extends CustomEvent<{ topUpUrl: string | null }> {
  static readonly eventName = 'usage-top-up';

  constructor(topUpUrl: string | null) {
    super(UsageTopUpEvent.eventName, {
      bubbles: true,
      composed: true,
      cancelable: true,
      detail: { topUpUrl },
    });
  }
}
