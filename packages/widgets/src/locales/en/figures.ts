import { defineMessages } from '../define-messages.js';

/** What is not known of a figure, and its change. */
export const figureMessages = /* @__PURE__ */ defineMessages({
  unknown: 'Not known',
  inputTokens: 'Input tokens',
  outputTokens: 'Output tokens',
  noFinishedCalls: 'No call has finished in this range',
  noDurationSamples: 'No successful call in this range',
  creditsUnknown: 'The cost of this call is not known',
  durationUnknown: 'This call has not ended',
  durationNotRecorded: 'The duration was not recorded',
  tokensAllUnknown: 'The tokens of these calls are not known',
  creditsAllUnknown: 'The cost of these calls is not known',
  partlyUnknown: '{count} of {total} unknown',
  tokensPartlyUnknown: {
    one: '{count} of {total} calls has no known tokens',
    other: '{count} of {total} calls have no known tokens',
  },
  creditsPartlyUnknown: {
    one: '{count} of {total} calls has no known cost',
    other: '{count} of {total} calls have no known cost',
  },
  tokensUnknown: 'No tokens were recorded',
  vsPrevious: 'vs. previous period',
  changePoints: '{points} pts',
  previousWas: 'Previous period: {value}',
  noPrevious: 'No earlier period to compare with',
});
