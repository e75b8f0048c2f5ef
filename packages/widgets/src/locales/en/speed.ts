import { defineMessages } from '../define-messages.js';

/** How fast models answer, and what tokens are made of. */
export const speedMessages = /* @__PURE__ */ defineMessages({
  timeToFirstToken: 'Time to first token',
  p95TimeToFirstToken: 'P95 time to first token',
  noTimeToFirstToken: 'No call reported when its first token came',
  outputSpeed: 'Output speed',
  tokensPerSecond: '{count} tokens/s',
  noOutputSpeed: 'No call reported when its output began and how long it is',
  ofCalls: { one: 'of {count} call', other: 'of {count} calls' },
  cachedInput: 'Input from cache',
  cachedShort: '{share} cached',
  cachedOfCalls: {
    one: '{share} of input from cache, of {count} call that says so',
    other: '{share} of input from cache, of {count} calls that say so',
  },
  cacheNotReported: 'No call reported what it read from a cache',
  cacheWrite: 'Written to cache',
  cacheWriteNotReported: 'No call reported what it wrote to a cache',
  reasoning: 'Reasoning tokens',
  reasoningShort: '{count} of output for reasoning',
  reasoningNotReported: 'No call reported what it reasoned with',
});
