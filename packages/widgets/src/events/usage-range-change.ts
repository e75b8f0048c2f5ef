import type { RangeInput } from '../format/range-input.js';

/**
 * Fired when a person chooses a range. `detail` is written like the attributes: `last-30-days`, or two dates.
 *
 * Cancel it to leave the provider's range unchanged, e.g. to put the range into the URL first.
 */
export class UsageRangeChangeEvent extends CustomEvent<RangeInput> {
  static readonly eventName = 'usage-range-change';

  constructor(range: RangeInput) {
    super(UsageRangeChangeEvent.eventName, {
      bubbles: true,
      composed: true,
      cancelable: true,
      detail: range,
    });
  }
}
