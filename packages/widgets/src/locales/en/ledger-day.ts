import { defineMessages } from '../define-messages.js';

/** The entries of a day of the quota details, which are loaded with the first one that is opened. */
export const ledgerDayMessages = /* @__PURE__ */ defineMessages({
  ledgerDayMore: { one: 'Show {count} more entry', other: 'Show {count} more entries' },
  ledgerDayFailed: 'The entries of {day} could not be loaded.',
});
