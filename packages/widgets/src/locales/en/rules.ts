import { defineMessages } from '../define-messages.js';

/** Headings of alerts and budgets; everything else about them is loaded with the first. */
export const ruleMessages = /* @__PURE__ */ defineMessages({
  alerts: 'Alerts',
  budgets: 'Budgets',
});
