import { defineMessages } from '../define-messages.js';

/** The overview cards. */
export const overviewMessages = /* @__PURE__ */ defineMessages({
  overview: 'Overview',
  overviewEmptyTitle: 'No calls in this range',
  overviewEmptyText: 'Your first call to a model shows up here within seconds.',
  overviewProjects: { one: '{count} project', other: '{count} projects' },
  overviewTokens: '{input} input · {output} output',
  overviewCreditsPerCall: '{credits} per call',
  overviewOutcomes: '{successful} successful · {failed} failed',
  overviewModels: { one: '{count} model', other: '{count} models' },
});
