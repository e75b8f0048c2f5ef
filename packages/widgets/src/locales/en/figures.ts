import { defineMessages } from '../define-messages.js';

/** What is not known of a figure, and its change. */
export const figureMessages = /* @__PURE__ */ defineMessages({
  unknown: 'Unknown',
  inputTokens: 'Input tokens',
  outputTokens: 'Output tokens',
  noFinishedCalls: 'No finished calls in this range',
  noDurationSamples: 'No successful calls in this range',
  creditsUnknown: 'The cost of this call is unknown',
  durationUnknown: 'This call is still running',
  durationNotRecorded: 'The duration was not recorded',
  tokensAllUnknown: 'The tokens of these calls are unknown',
  creditsAllUnknown: 'The cost of these calls is unknown',
  partlyUnknown: '{count} of {total} unknown',
  tokensPartlyUnknown: {
    one: '{count} of {total} calls has no known tokens',
    other: '{count} of {total} calls have no known tokens',
  },
  creditsPartlyUnknown: {
    one: '{count} of {total} calls has no known cost',
    other: '{count} of {total} calls have no known cost',
  },
  unpriced: {
    one: '{count} call without a known cost ({share})',
    other: '{count} calls without a known cost ({share})',
  },
  convertedFrom: '{exact}, converted from {original} {rate}',
  conversionRate: 'at {rate} {currency} on {date}',
  tokensUnknown: 'No tokens were recorded',
  vsPrevious: 'vs. previous period',
  changePoints: '{points} pts',
  previousWas: 'Previous period: {value}',
  noPrevious: 'No earlier period to compare with',
});
