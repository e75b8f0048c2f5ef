import type { CallType } from '../contract/common.js';
import { divideHalfEven, formatDecimal, roundDecimal } from '../values/decimal.js';
import { requireKnownKeys } from '../values/require-known-keys.js';
import { parseInstant } from '../values/parse-instant.js';
import { normalizeServiceTier } from './service-tier.js';
import type { CallToPrice, PriceSource } from './price-source.js';

/** A price in the table's currency, as text where it has more digits than a number. */
export type Price = string | number;

/** Prices of tokens, each of a million. */
export interface TokenPrices {
  input?: Price;
  /** Of input tokens that were read from the prompt cache. @default as `input` */
  cachedInput?: Price;
  /** Of input tokens that were written to the prompt cache. @default as `input` */
  cacheWrite?: Price;
  output?: Price;
  /** Of output tokens of reasoning. @default as `output` */
  reasoning?: Price;
}

/** Prices of a model for some time. */
export interface PriceTableEntry extends TokenPrices {
  /** The model's name, or its beginning and `*`. */
  model: string;
  /** @default any provider */
  provider?: string;
  /** @default every type */
  type?: CallType;
  /** Only calls of this tier, e.g. `batch`. @default the provider's standard tier */
  serviceTier?: string;
  /** RFC 3339; calls that start at it or later. @default since ever */
  from?: string;
  /** RFC 3339; calls that start before it. @default for ever */
  to?: string;
  /** Of a unit: an image, a second. */
  unit?: Price;
  /** Of a call, whatever it used. */
  call?: Price;
  /**
   * Other prices for calls with more input tokens: the highest that applies counts for all tokens of the call. A price that is
   * left out is that of the entry.
   */
  tiers?: readonly (TokenPrices & { inputTokensAbove: number })[];
}

/** A price list of the host's. */
export interface PriceTable {
  /** Name and version, which is stored with each call. */
  name: string;
  /** ISO 4217. @default the option `currency` */
  currency?: string;
  /** The first one that fits a call decides. */
  prices: readonly PriceTableEntry[];
}

const TOKEN_FIELDS = ['input', 'cachedInput', 'cacheWrite', 'output', 'reasoning'] as const;
const ENTRY_FIELDS = [
  ...['model', 'provider', 'type', 'serviceTier', 'from', 'to', 'unit', 'call', 'tiers'],
  ...TOKEN_FIELDS,
];

/** Base units of 1e-10 of a million tokens, of a unit or of a call. */
type TokenUnits = Partial<Record<(typeof TOKEN_FIELDS)[number], bigint>>;

interface ParsedEntry {
  fits: (call: CallToPrice) => boolean;
  /** Ascending; the first one from 0. */
  tiers: readonly { fromInputTokens: number; tokens: TokenUnits }[];
  unit: bigint | null;
  call: bigint | null;
}

/**
 * Makes a source of prices from a table of the host's. All arithmetic is exact; the sum is rounded once, half to even.
 *
 * A call costs nothing that is known unless all its amounts that have a price are: a model whose input tokens have a price and
 * are unknown has an unknown cost. A price of 0 needs no amount.
 *
 * @throws TypeError that names the entry at fault
 */
export function priceTable(table: PriceTable): PriceSource {
  requireKnownKeys(table, ['name', 'currency', 'prices'], 'priceTable');
  const entries = table.prices.map((entry, index) => parseEntry(entry, `prices[${index}]`));
  return (call) => {
    const entry = entries.find(({ fits }) => fits(call));
    const units = entry ? computeUnits(entry, call) : null;
    if (units === null) return null;
    const cost = formatDecimal(divideHalfEven(units, MILLION), 10);
    const { name, currency } = table;
    return { cost, table: name, ...(currency !== undefined && { currency }) };
  };
}

const MILLION = 1_000_000n;

/** Units of 1e-16 of the currency; `null` where an amount with a price is unknown. */
function computeUnits(
  { tiers, unit, call: ofCall }: ParsedEntry,
  call: CallToPrice,
): bigint | null {
  const inputTokens = call.inputTokens ?? 0;
  const tier = tiers.findLast(({ fromInputTokens }) => inputTokens >= fromInputTokens);
  const parts = [
    ...listTokenCosts(tier?.tokens ?? {}, call),
    ofCall === null ? 0n : ofCall * MILLION,
    unit === null ? 0n : multiply(unit * MILLION, call.units),
  ];
  let sum = 0n;
  for (const part of parts) {
    if (part === null) return null;
    sum += part;
  }
  return sum;
}

function listTokenCosts(prices: TokenUnits, call: CallToPrice): (bigint | null)[] {
  const { input, output, cachedInput = input, cacheWrite = input, reasoning = output } = prices;
  const cached = call.cachedInputTokens ?? 0;
  const written = call.cacheWriteTokens ?? 0;
  const reasoned = call.reasoningTokens ?? 0;
  const rest = (whole: number | null, parts: number): number | null =>
    whole === null ? null : whole - parts;
  return [
    multiply(input, rest(call.inputTokens, cached + written)),
    multiply(cachedInput, cached),
    multiply(cacheWrite, written),
    multiply(output, rest(call.outputTokens, reasoned)),
    multiply(reasoning, reasoned),
  ];
}

/** @param amount tokens or units, to six decimals */
function multiply(price: bigint | undefined, amount: number | null): bigint | null {
  if (price === undefined || price === 0n) return 0n;
  if (amount === null) return null;
  if (Number.isSafeInteger(amount)) return price * BigInt(amount);
  return divideHalfEven(price * (roundDecimal(amount, 6) ?? 0n), MILLION);
}

function parseEntry(entry: PriceTableEntry, path: string): ParsedEntry {
  requireKnownKeys(entry, ENTRY_FIELDS, path);
  if (typeof (entry.model as unknown) !== 'string' || entry.model === '') {
    throw new TypeError(`${path}.model must be the name of a model`);
  }
  const ofUnit = (name: 'unit' | 'call'): bigint | null => {
    const price = entry[name];
    return price === undefined ? null : parsePrice(price, `${path}.${name}`);
  };
  const { input, cachedInput, cacheWrite, output, reasoning } = entry;
  const tokens = parseTokens({ input, cachedInput, cacheWrite, output, reasoning }, path);
  const tiers = (entry.tiers ?? []).map(({ inputTokensAbove, ...prices }, index) => ({
    fromInputTokens: inputTokensAbove + 1,
    tokens: { ...tokens, ...parseTokens(prices, `${path}.tiers[${index}]`) },
  }));
  return {
    fits: createMatcher(entry, path),
    tiers: [{ fromInputTokens: 0, tokens }, ...tiers].sort(
      (a, b) => a.fromInputTokens - b.fromInputTokens,
    ),
    unit: ofUnit('unit'),
    call: ofUnit('call'),
  };
}

function createMatcher(entry: PriceTableEntry, path: string): (call: CallToPrice) => boolean {
  const { model, provider, type } = entry;
  const serviceTier = normalizeServiceTier(entry.serviceTier);
  const fromMs = parseBound(entry.from, `${path}.from`, Number.NEGATIVE_INFINITY);
  const toMs = parseBound(entry.to, `${path}.to`, Number.POSITIVE_INFINITY);
  const isModel = model.endsWith('*')
    ? (name: string): boolean => name.startsWith(model.slice(0, -1))
    : (name: string): boolean => name === model;
  return (call) => {
    const startMs = call.startedAt.getTime();
    return (
      isModel(call.model) &&
      (provider === undefined || provider === call.provider) &&
      (type === undefined || type === call.type) &&
      serviceTier === call.serviceTier &&
      startMs >= fromMs &&
      startMs < toMs
    );
  };
}

function parseBound(text: string | undefined, path: string, missing: number): number {
  if (text === undefined) return missing;
  const ms = parseInstant(text);
  if (ms === null) throw new TypeError(`${path} must be an RFC 3339 instant`);
  return ms;
}

function parseTokens(
  prices: { [Name in keyof TokenPrices]?: Price | undefined },
  path: string,
): TokenUnits {
  const units: TokenUnits = {};
  for (const name of TOKEN_FIELDS) {
    const price = prices[name];
    if (price !== undefined) units[name] = parsePrice(price, `${path}.${name}`);
  }
  return units;
}

function parsePrice(price: Price, path: string): bigint {
  const units = roundDecimal(price, 10);
  if (units === null || units < 0n) throw new TypeError(`${path} must be a price from 0`);
  return units;
}
