import { requireKnownKeys } from '../values/require-known-keys.js';
import { roundDecimal } from '../values/decimal.js';
import type { PriceSource, PricingOptions } from './price-source.js';

/** The option `pricing`, checked. */
export interface ResolvedPricing {
  prices: readonly PriceSource[];
  /** Units of 1e-10 credits; `null`: no credits are computed. */
  creditsPerUnitE10: bigint | null;
}

/** Checks the option `pricing`. @throws TypeError that names the member at fault */
export function resolvePricing(options: PricingOptions): ResolvedPricing {
  requireKnownKeys(options, ['prices', 'creditsPerUnit'], 'pricing');
  const prices = [options.prices].flat() as unknown[];
  if (prices.length === 0 || prices.some((price) => typeof price !== 'function')) {
    throw new TypeError('pricing.prices must be a function or an array of functions');
  }
  return {
    prices: prices as PriceSource[],
    creditsPerUnitE10:
      options.creditsPerUnit === undefined ? null : parseRate(options.creditsPerUnit),
  };
}

function parseRate(rate: string | number): bigint {
  const units = roundDecimal(rate, 10);
  if (units !== null && units > 0n) return units;
  throw new TypeError('pricing.creditsPerUnit must be a number above 0');
}
