import { defineMessages } from '../define-messages.js';

/** The range picker. */
export const rangeMessages = /* @__PURE__ */ defineMessages({
  range: 'Range',
  rangeDays: { one: '{count} day', other: '{count} days' },
  rangeCustom: 'Custom',
  rangeFrom: 'From',
  rangeTo: 'To (inclusive)',
  rangeApply: 'Apply',
  rangeInvalid: 'The start date must not be after the end date.',
  rangeTooLong: 'At most {days} days.',
});
