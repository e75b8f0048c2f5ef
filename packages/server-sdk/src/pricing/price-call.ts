import { TOKEN_METERED } from '../aggregates/model/call-figures.js';
import {
  MAX_CALL_COST_E10,
  isCurrency,
  roundCost,
  MAX_CALL_CREDITS_E10,
  roundCredits,
  type CreditDecimals,
} from '../values/amounts.js';
import { divideHalfEven, formatDecimal } from '../values/decimal.js';
import type { StoredCall } from '../values/stored-call.js';
import type { CallPrice, CallToPrice } from './price-source.js';
import type { ResolvedPricing } from './resolve-pricing.js';
import { readServiceTier } from './service-tier.js';

/** What amounts of a database are in. */
export interface CallUnits {
  /** ISO 4217 code. */
  currency: string;
  creditDecimals: CreditDecimals;
}

/** Adds the cost of a call as far as it can be known. Never throws. @param warn receives why a price was not taken */
export type PriceCall = (call: StoredCall, warn: (detail: string) => void) => StoredCall;

const MAX_TABLE_LENGTH = 128;

/**
 * Makes the function that completes the cost of a call before it is stored: a given cost stays, and gets the database's
 * currency where it has none; a call that ended without one is priced, by its own time.
 *
 * @param pricing `null`: no call is priced
 */
export function createPriceCall(
  { currency, creditDecimals }: CallUnits,
  pricing: ResolvedPricing | null,
): PriceCall {
  return (call, warn) => {
    if (call.status === 'processing') return call;
    const priced = call.costE10 === null && pricing ? priceCall(call, pricing, warn) : call;
    const inCurrency =
      priced.costE10 !== null && priced.currency === null ? { ...priced, currency } : priced;
    if (call.creditsE10 !== null || inCurrency.currency !== currency) return inCurrency;
    return { ...inCurrency, creditsE10: computeCredits(inCurrency, pricing, creditDecimals) };
  };
}

function priceCall(
  call: StoredCall,
  { prices }: ResolvedPricing,
  warn: (detail: string) => void,
): StoredCall {
  const toPrice = toCallToPrice(call);
  for (const price of prices) {
    try {
      const found = price(toPrice);
      if (found) return withPrice(call, found, warn);
    } catch (error) {
      warn(`has no price: ${error instanceof Error ? error.message : 'the option pricing threw'}`);
    }
  }
  return call;
}

/** A price comes from the host's code or a package: it is input. */
function withPrice(call: StoredCall, price: CallPrice, warn: (detail: string) => void): StoredCall {
  const units = roundCost(price.cost);
  if (units === null || units < 0n || units > MAX_CALL_COST_E10) {
    warn('has a price that is not an amount; its cost is unknown');
    return call;
  }
  if (price.currency !== undefined && !isCurrency(price.currency)) {
    warn('has a price in a currency that is no ISO 4217 code; its cost is unknown');
    return call;
  }
  return {
    ...call,
    costE10: Number(units),
    currency: price.currency ?? null,
    costSource: 'priced',
    priceTable: price.table?.slice(0, MAX_TABLE_LENGTH) ?? null,
  };
}

/** Of the cost and of the rate, together. */
const PRODUCT_DECIMALS = 20;

/** The credits of a call by its cost, units of 1e-10; `null` without a rate or a cost, and beyond what a call can have. */
export function computeCredits(
  { costE10 }: StoredCall,
  pricing: ResolvedPricing | null,
  creditDecimals: CreditDecimals,
): bigint | null {
  const creditsPerUnitE10 = pricing?.creditsPerUnitE10 ?? null;
  if (costE10 === null || creditsPerUnitE10 === null) return null;
  const divisor = 10n ** BigInt(PRODUCT_DECIMALS - creditDecimals);
  const units = divideHalfEven(BigInt(costE10) * creditsPerUnitE10, divisor);
  const credits = roundCredits(formatDecimal(units, creditDecimals), creditDecimals);
  return credits === null || credits > MAX_CALL_CREDITS_E10 ? null : credits;
}

function toCallToPrice(call: StoredCall): CallToPrice {
  const { model, type, inputTokens, outputTokens, cachedInputTokens } = call;
  return {
    ...{ model, type, inputTokens, outputTokens, cachedInputTokens },
    provider: call.provider === '' ? null : call.provider,
    status: call.status === 'failed' ? 'failed' : 'success',
    startedAt: new Date(call.startedAtMs),
    cacheWriteTokens: call.cacheWriteTokens,
    reasoningTokens: call.reasoningTokens,
    // Tokens that are not metered as tokens are units.
    units: TOKEN_METERED.has(type) ? null : call.units,
    serviceTier: readServiceTier(call.metadata),
  };
}
