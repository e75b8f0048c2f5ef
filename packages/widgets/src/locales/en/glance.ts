import { defineMessages } from '../define-messages.js';

/** Headings of the cards whose content is loaded later. */
export const glanceMessages = /* @__PURE__ */ defineMessages({
  advice: 'Advice',
  activity: 'Activity by weekday and hour',
  latency: 'Duration of calls',
  failures: 'Failed calls by reason',
});
