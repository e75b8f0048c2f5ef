import { defineMessages } from '../define-messages.js';

/** How durations are distributed; loaded with the first. */
export const latencyMessages = /* @__PURE__ */ defineMessages({
  latencySummary: {
    one: 'Durations of {count} call from {from} to {to}. Half took at most {p50}, 95% at most {p95}, 99% at most {p99}.',
    other:
      'Durations of {count} calls from {from} to {to}. Half took at most {p50}, 95% at most {p95}, 99% at most {p99}.',
  },
  latencyKeys: 'Use the arrow keys to read each bar.',
  latencyRange: 'Duration',
  latencyUpTo: 'Up to here',
  latencyUpToText: '{share} took at most {duration}',
  latencyCalls: { one: '{count} call ({share})', other: '{count} calls ({share})' },
  latencySamples: {
    one: '{count} successful call with a duration',
    other: '{count} successful calls with a duration',
  },
  latencyEmptyTitle: 'No durations in this range',
  latencyEmptyText: 'Successful calls with a duration appear here.',
});
