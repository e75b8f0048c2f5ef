import type { CallStatus, CallType } from '../contract/common.js';

/** A call that ended, as its price is computed from it. Unknown numbers are `null`. */
export interface CallToPrice {
  model: string;
  provider: string | null;
  type: CallType;
  status: Exclude<CallStatus, 'processing'>;
  /** Prices are those of this time. */
  startedAt: Date;
  /** Includes tokens read from and written to the provider's prompt cache. */
  inputTokens: number | null;
  /** Includes tokens of reasoning. */
  outputTokens: number | null;
  cachedInputTokens: number | null;
  cacheWriteTokens: number | null;
  reasoningTokens: number | null;
  /** Images, seconds or another unit of the type. */
  units: number | null;
  /** Of `metadata.serviceTier`, else of the provider's own usage object; `null`: the provider's standard. */
  serviceTier: string | null;
}

/** What a call costs. */
export interface CallPrice {
  /** Money, rounded half to even to 10 decimals; 0 is a known cost. */
  cost: string | number | bigint;
  /** ISO 4217. @default the option `currency` */
  currency?: string;
  /** Name and version of the price list, which is stored with the call; at most 128 characters. */
  table?: string;
}

/**
 * Computes what a call costs; `null` where it knows no price. Must be fast: it runs while a call is recorded. When it throws,
 * the call is recorded without a cost, with a warning.
 */
export type PriceSource = (call: CallToPrice) => CallPrice | null | undefined;

/** How calls get their cost. */
export interface PricingOptions {
  /** The first one that knows a price decides: the host's own table before a public one. */
  prices: PriceSource | readonly PriceSource[];
  /**
   * Credits of a unit of the currency, e.g. `100` for a credit of a cent; a call without credits then gets them from its cost,
   * rounded half to even to the option `creditDecimals`. @default no credits are computed
   */
  creditsPerUnit?: string | number;
}
