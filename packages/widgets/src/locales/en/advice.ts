import { defineMessages } from '../define-messages.js';

/** What could be saved: sentences of claims, words of the arithmetic, and what can be done with an advice. */
export const adviceMessages = /* @__PURE__ */ defineMessages({
  adviceEmptyTitle: 'Nothing to advise',
  adviceEmptyText: {
    one: 'Based on {count} call of this range.',
    other: 'Based on {count} calls of this range.',
  },
  adviceFailedCalls: {
    one: '{count} call of {model} failed ({reason}) and cost {amount}',
    other: '{count} calls of {model} failed ({reason}) and cost {amount}',
  },
  adviceFailedShare: 'Of {count} calls of this model',
  adviceRetries: {
    one: '{count} call of {model} in {project} repeats a failed one and cost {amount}',
    other: '{count} calls of {model} in {project} repeat failed ones and cost {amount}',
  },
  adviceRetriesFailed: {
    one: '{count} of them failed again',
    other: '{count} of them failed again',
  },
  adviceCacheSaved: 'The prompt cache of {model} saved {amount}',
  adviceCacheLost: 'The prompt cache of {model} cost {amount} more than it saved',
  adviceCacheShare: 'Of {covered} of {count} calls, which report cached tokens',
  advicePrice: 'With {alternative}, the calls of {model} would have cost {amount} less',
  advicePriceParts: '{cost} now, {other} with {alternative}',
  advicePriceP95: 'P95 {before} now, {after} with {alternative}',
  advicePriceNoP95: 'Too few calls of both to compare durations',
  adviceIdle: {
    one: '{project} has had no call for {days} day',
    other: '{project} has had no call for {days} days',
  },
  adviceIdleBefore: {
    one: '{count} call before, for {amount}',
    other: '{count} calls before, for {amount}',
  },
  adviceIdleFree: { one: '{count} call before', other: '{count} calls before' },
  adviceGrant: '{amount} of {grant} will expire unused on {date}',
  adviceGrantName: 'a grant of {amount}',
  adviceGrantLeast: 'At least {amount} at the fastest likely pace',
  assumeFailures: 'Assumes that these failures can be avoided.',
  assumeRetries: 'Assumes that the first attempts could have succeeded.',
  assumeCache: 'At list price, for short contexts.',
  assumePrice:
    'Assumes the same tokens at list price. Whether quality is the same, only you can tell.',
  assumeIdle: 'Assumes that the project is not needed any more: its keys can be revoked.',
  assumeGrant: 'Assumes that you use as much a day as recently.',
  adviceArithmetic: 'Arithmetic',
  unitCredits: '{amount} credits',
  adviceEvidence: {
    one: 'Show {count} call in {project}',
    other: 'Show {count} calls in {project}',
  },
  adviceEvidenceUnknown: 'Show calls in {project}',
  adviceDone: 'Done',
  adviceDismiss: 'Dismiss',
  adviceUndo: 'Undo',
  adviceIsDone: 'Done',
  adviceIsDismissed: 'Dismissed',
  adviceActionsOf: 'What to do about: {claim}',
  adviceKept: { one: '{count} done or dismissed', other: '{count} done or dismissed' },
  adviceMore: { one: 'Show {count} more', other: 'Show {count} more' },
  adviceChangeFailed: 'This could not be saved. Please try again.',
  advicePromised: 'Promised: {amount}',
  adviceMeasured: {
    one: 'Measured since {date}: {amount}, from {count} call',
    other: 'Measured since {date}: {amount}, from {count} calls',
  },
  adviceNotMeasured: {
    one: 'Not measured yet: {count} call since {date}',
    other: 'Not measured yet: {count} calls since {date}',
  },
  adviceOverlap: 'Savings overlap and do not add up.',
  adviceTruncated: 'Failures and repeats: the newest {count} calls, since {date}.',
  adviceOmitted: {
    one: '{count} smaller one is not shown.',
    other: '{count} smaller ones are not shown.',
  },
  adviceNoPrices: 'Prices were not looked at: no price list is set up.',
  adviceNoAlternatives: 'Price differences were not looked at: no alternative models are named.',
  adviceNoGrants: 'Expiring credits were not looked at: the payment system is not responding.',
});
