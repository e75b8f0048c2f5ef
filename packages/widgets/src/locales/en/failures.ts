import { defineMessages } from '../define-messages.js';

/** Why calls failed; loaded with the first. */
export const failureMessages = /* @__PURE__ */ defineMessages({
  failuresEmptyTitle: 'No failed calls in this range',
  failuresEmptyText: 'Calls that fail appear here with their reason.',
  failuresShow: {
    one: 'Show failed calls: {reason}, {count} call, {share}',
    other: 'Show failed calls: {reason}, {count} calls, {share}',
  },
  failuresModels: '{models} and {count} more',
  failuresMore: { one: 'Show {count} more', other: 'Show {count} more' },
  failuresLast: 'Last on {time}',
  failuresUnsorted: {
    one: '{count} failed call is not sorted by reason: its text is not stored any more, or it came before {date}.',
    other:
      '{count} failed calls are not sorted by reason: their texts are not stored any more, or they came before {date}.',
  },
});
