import { defineMessages } from '../define-messages.js';

/** The details of a call, whose code is loaded when the first one is opened. */
export const callDrawerMessages = /* @__PURE__ */ defineMessages({
  errorReason: 'Error',
  metadata: 'Metadata',
  costSource: 'Source of cost',
  costReported: 'Reported by the provider',
  costHost: 'Set by the application',
  costPriced: 'Priced by {table}',
  units: 'Units',
  totalTokens: 'Total tokens',
  callGroup: 'Call',
  callUsage: 'Usage',
  copyCall: 'Copy as JSON',
  closeCall: 'Close',
  previousCall: 'Previous call',
  nextCall: 'Next call',
  callPosition: '{position} of {total}',
  noFirstToken: 'When the first token came was not recorded',
});
