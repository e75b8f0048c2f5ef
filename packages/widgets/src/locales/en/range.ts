import { defineMessages } from '../define-messages.js';

/** The range picker. */
export const rangeMessages = /* @__PURE__ */ defineMessages({
  range: 'Range',
  rangeDays: { one: '{count} day', other: '{count} days' },
  rangeCustom: 'Custom',
});
