import type { ModelKey } from '../values/model-key.js';
import type { CallToPrice, PriceSource } from '../pricing/price-source.js';
import { roundCost } from '../values/amounts.js';

/** Prices of a million tokens, units of 1e-10 of the currency. */
export interface TokenRates {
  input: bigint;
  cachedInput: bigint;
  cacheWrite: bigint;
  output: bigint;
  reasoning: bigint;
}

/** Finds the list prices of a model; `null` where no list has it, or in another currency. */
export type FindTokenRates = (key: ModelKey) => TokenRates | null;

type Amounts = Pick<
  CallToPrice,
  'inputTokens' | 'outputTokens' | 'cachedInputTokens' | 'cacheWriteTokens' | 'reasoningTokens'
>;

/** Tokens of the calls by which prices are found: few enough for the lowest tier of every list. */
const PROBE_TOKENS = 1000;
const PROBES_PER_MILLION = 1000n;

const NO_TOKENS: Amounts = {
  inputTokens: 0,
  outputTokens: 0,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
};
const n = PROBE_TOKENS;
const PROBES: Record<keyof TokenRates, Partial<Amounts>> = {
  input: { inputTokens: n },
  cachedInput: { inputTokens: n, cachedInputTokens: n },
  cacheWrite: { inputTokens: n, cacheWriteTokens: n },
  output: { outputTokens: n },
  reasoning: { outputTokens: n, reasoningTokens: n },
};

/**
 * Finds prices of tokens by what calls of a thousand tokens of one kind cost more than a call of none: sources of prices are
 * functions from a call to its cost. The prices are those of the standard tier, of short contexts and of an instant; they are
 * exact to 7 decimals for a million tokens.
 *
 * @param currency ISO 4217 code of the database
 * @param atMs prices are those of this time
 */
export function createTokenRates(
  prices: readonly PriceSource[],
  currency: string,
  atMs: number,
): FindTokenRates {
  const known = new Map<string, TokenRates | null>();
  return (key) => {
    const text = JSON.stringify(key);
    const found = known.get(text);
    if (found !== undefined) return found;
    const rates = probeRates((amounts) =>
      priceOf(prices, currency, {
        ...NO_TOKENS,
        ...amounts,
        model: key.model,
        provider: key.provider === '' ? null : key.provider,
        type: key.type,
        status: 'success',
        startedAt: new Date(atMs),
        units: null,
        serviceTier: null,
      }),
    );
    known.set(text, rates);
    return rates;
  };
}

function probeRates(price: (amounts: Partial<Amounts>) => bigint | null): TokenRates | null {
  const base = price({});
  if (base === null) return null;
  const rates: Partial<TokenRates> = {};
  for (const name of Object.keys(PROBES) as (keyof TokenRates)[]) {
    const cost = price(PROBES[name]);
    if (cost === null || cost < base) return null;
    rates[name] = (cost - base) * PROBES_PER_MILLION;
  }
  return rates as TokenRates;
}

/** The cost of a call by the first source that knows it, units of 1e-10; a source that throws knows none. */
function priceOf(
  prices: readonly PriceSource[],
  currency: string,
  call: CallToPrice,
): bigint | null {
  for (const price of prices) {
    try {
      const found = price(call);
      if (!found) continue;
      return (found.currency ?? currency) === currency ? roundCost(found.cost) : null;
    } catch {
      continue;
    }
  }
  return null;
}
