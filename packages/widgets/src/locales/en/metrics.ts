import { defineMessages } from '../define-messages.js';

/** The name of each figure. */
export const metricMessages = /* @__PURE__ */ defineMessages({
  calls: 'Calls',
  tokens: 'Tokens',
  credits: 'Credits',
  cost: 'Cost',
  successRate: 'Success rate',
  averageDuration: 'Average duration',
  p95Duration: 'P95 duration',
});
