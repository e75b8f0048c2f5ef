/** Fired by an element after each response, polls included. Bubbles out of shadow roots. */
export class UsageLoadEvent extends CustomEvent<{ data: unknown }> {
  static readonly eventName = 'usage-load';

  constructor(data: unknown) {
    super(UsageLoadEvent.eventName, { bubbles: true, composed: true, detail: { data } });
  }
}
