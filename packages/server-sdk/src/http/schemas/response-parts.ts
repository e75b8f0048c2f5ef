import { z } from 'zod';

/** What the schemas of several responses share; each endpoint's definition has the rest. */

/** Instant in UTC. */
export const instant = z.iso.datetime().meta({ description: 'RFC 3339 instant in UTC' });
/** Exact decimal number as text. */
export const decimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({ description: 'Exact decimal number as text' });
/** Integer from 0. */
export const count = z.int().min(0);
/** Duration, milliseconds; `null` where it is not known. */
export const milliseconds = z.number().min(0).nullable();
/** Web address; `null` where there is none. */
export const url = z.url().nullable();

/** Currency of money. */
export const currencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta({ description: 'ISO 4217 code' });
const share = z.number().min(0).max(1).nullable();

/** Figures of a set of calls. */
export const totals = z.object({
  calls: count.describe('Calls that started in the range, processing ones included'),
  successfulCalls: count,
  failedCalls: count,
  processingCalls: count,
  successRate: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe('successful / (successful + failed); null when nothing has finished'),
  inputTokens: count.nullable(),
  outputTokens: count.nullable(),
  totalTokens: count
    .nullable()
    .describe('Of the calls whose tokens are known; null when calls were made and none is'),
  cachedInputTokens: count
    .nullable()
    .describe('Part of inputTokens; null when no call reported it, as the next two'),
  cacheWriteTokens: count.nullable().describe('Part of inputTokens'),
  reasoningTokens: count.nullable().describe('Part of outputTokens'),
  cacheShare: share.describe('Cached / input tokens of the calls that reported cached tokens'),
  cacheSamples: count.describe('Calls that reported cached tokens'),
  credits: decimal
    .nullable()
    .describe('Of the calls whose credits are known; null when calls were made and none are'),
  cost: decimal
    .nullable()
    .describe('Money: of the calls whose cost is known; null when calls were made and none is'),
  currency: currencyCode,
  averageDurationMs: milliseconds.describe('Mean over successful calls'),
  p95DurationMs: milliseconds.describe('95th percentile over successful calls, within 1 %'),
  durationSamples: count.describe('Successful calls with a duration'),
  averageTtfbMs: milliseconds.describe('Mean time to the first byte over successful calls'),
  p95TtfbMs: milliseconds.describe('95th percentile of the time to the first byte, within 1 %'),
  ttfbSamples: count.describe('Successful calls with a time to the first byte'),
  outputTokensPerSecond: z
    .number()
    .min(0)
    .nullable()
    .describe('Output tokens / seconds after the first byte of the calls with both'),
  unknownTokenCalls: count.describe('Finished, token-metered calls without known total tokens'),
  unknownCreditCalls: count.describe('Finished calls without known credits'),
  unpricedCalls: count.describe('Finished calls without a known cost in the currency'),
});
const range = z.object({ from: instant, to: instant, timeZone: z.string() });
/** How new a response is. */
export const freshness = z.object({
  asOf: instant.describe('When the answer was computed'),
  rolledUpThrough: instant.nullable().describe('How far the pre-aggregates reach'),
  archivedBefore: instant
    .optional()
    .describe('Calls before it are archived: they count, by whole UTC hours, and are not listed'),
});
/** What each response about a range has: the range, and how new it is. */
export const rangeFields = { range, freshness };
/** What a page of a list has besides its items. */
export const pageFields = {
  total: count,
  page: z.int().min(1),
  pageSize: z.int().min(1).max(100),
};
