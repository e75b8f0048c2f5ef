import { defineMessages } from '../define-messages.js';

/** The panel of two days, whose code is loaded when it is first opened. */
export const rangePanelMessages = /* @__PURE__ */ defineMessages({
  rangeFrom: 'From',
  rangeTo: 'To (inclusive)',
  rangeApply: 'Apply',
  rangeCancel: 'Cancel',
  rangeInvalid: 'The start date must not be after the end date.',
  rangeTooLong: 'At most {days} days.',
  rangePreviousMonth: 'Previous month',
  rangeNextMonth: 'Next month',
});
