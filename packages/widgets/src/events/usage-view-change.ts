/**
 * What a person has chosen inside an element, as texts that fit a URL: metric, search, sorting, filters, page, opened rows.
 * Only what differs from the default is in it.
 */
export type UsageViewState = Readonly<Record<string, string>>;

/** Fired when a person changed what an element shows; hand the state back as `viewState` to show the same again. */
export class UsageViewChangeEvent extends CustomEvent<{ viewState: UsageViewState }> {
  static readonly eventName = 'usage-view-change';

  constructor(viewState: UsageViewState) {
    super(UsageViewChangeEvent.eventName, {
      bubbles: true,
      composed: true,
      detail: { viewState },
    });
  }
}
