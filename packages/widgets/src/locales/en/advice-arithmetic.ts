import { defineMessages } from '../define-messages.js';

/** Words of the arithmetic of advice, which is loaded when it is opened. */
export const adviceArithmeticMessages = /* @__PURE__ */ defineMessages({
  adviceResult: 'Result',
  termCost: 'cost',
  termOtherCost: 'cost of other projects',
  termCachedInputTokens: 'tokens read from the cache',
  termCacheWriteTokens: 'tokens written to the cache',
  termInputTokens: 'input tokens',
  termOutputTokens: 'output tokens',
  termReasoningTokens: 'reasoning tokens',
  termReadDiscount: 'saved by reading',
  termWriteSurcharge: 'more for writing',
  termPrice: 'price',
  termLeft: 'left',
  termDailyUse: 'daily use',
  termDays: 'days',
  termUsedByEarlierGrants: 'taken from earlier grants',
  unitPerMillion: '{amount} per million',
  unitPerDay: '{amount} a day',
  unitDays: { one: '{count} day', other: '{count} days' },
});
