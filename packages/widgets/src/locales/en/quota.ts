import { defineMessages } from '../define-messages.js';

/** What the quota card says before there is a balance. */
export const quotaMessages = /* @__PURE__ */ defineMessages({
  quota: 'Credits',
  quotaRemaining: 'Remaining',
  quotaUsed: 'Used',
  quotaTotal: 'Total',
  quotaRunway: 'Days remaining',
  sparklineTitle: 'Last 7 days',
  topUp: 'Auto top-up',
  billing: 'Billing',
});
