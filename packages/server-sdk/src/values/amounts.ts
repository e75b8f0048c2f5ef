import { formatDecimal, parseDecimal, roundDecimal } from './decimal.js';

/** An integer of any size: a number where it is safe, otherwise a bigint, because numbers add twenty times as fast. */
export type ExactInteger = number | bigint;

/** Adds two integers exactly. */
export function addExact(a: ExactInteger, b: ExactInteger): ExactInteger {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return BigInt(a) + BigInt(b);
}

/** Converts text or a number to an integer; a fraction is rounded. @throws SyntaxError on other text */
export function toExactInteger(value: number | string): ExactInteger {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  return Number.isInteger(number) ? BigInt(value) : Math.round(number);
}

/** Decimals that credits and money are computed with: amounts are integers of 1e-10. */
const DECIMALS = 10;

/** Formats units of 1e-10 of credits or a currency as a decimal string without trailing zeros; zero is `'0'`. */
export function formatE10(unitsE10: bigint): string {
  return formatDecimal(unitsE10, DECIMALS);
}

/** Maximum cost of one call in money, units of 1e-10: what a JavaScript number holds exactly. */
export const MAX_CALL_COST_E10 = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Converts money to units of 1e-10, rounded half to even.
 *
 * @returns `null` as {@link roundDecimal}
 */
export function roundCost(amount: string | number | bigint): bigint | null {
  return roundDecimal(amount, DECIMALS);
}

/** Whether a text has the form of an ISO 4217 code, e.g. `USD`. */
export function isCurrency(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z]{3}$/.test(value);
}

/** Decimals that credits of calls are rounded to: those of the plan, or those of hosts with smaller prices. */
export const CREDIT_DECIMALS = [8, 10] as const;
export type CreditDecimals = (typeof CREDIT_DECIMALS)[number];
export const DEFAULT_CREDIT_DECIMALS = 8;

/** Columns hold units of 1e-8, and a second column what is smaller. */
const UNITS_PER_E8 = 100n;

/** Maximum credits of one call, units of 1e-10: as many units of 1e-8 as a JavaScript number holds exactly. */
export const MAX_CALL_CREDITS_E10 = BigInt(Number.MAX_SAFE_INTEGER) * UNITS_PER_E8;

/** Parses a decimal string into units of 1e-10 credits. @returns `null` as {@link parseDecimal} */
export function parseCredits(text: string): bigint | null {
  return parseDecimal(text, DECIMALS);
}

/**
 * Converts an amount to units of 1e-10 credits, rounded half to even.
 *
 * @param amount as of {@link roundDecimal}
 * @param decimals that it is rounded to
 * @returns `null` as {@link roundDecimal}
 */
export function roundCredits(
  amount: string | number | bigint,
  decimals: CreditDecimals = DEFAULT_CREDIT_DECIMALS,
): bigint | null {
  const units = roundDecimal(amount, decimals);
  return units === null ? null : units * 10n ** BigInt(DECIMALS - decimals);
}

/** An amount as its columns hold it. */
export interface StoredCredits {
  /** Units of 1e-8 credits. */
  creditsE8: bigint;
  /** What these leave, units of 1e-10; `null` where it is 0. */
  creditsRestE10: number | null;
}

/** Splits units of 1e-10 credits into the columns of an amount. */
export function splitCredits(unitsE10: ExactInteger): StoredCredits {
  const units = BigInt(unitsE10);
  const rest = Number(units % UNITS_PER_E8);
  return { creditsE8: units / UNITS_PER_E8, creditsRestE10: rest === 0 ? null : rest };
}

/**
 * Joins the columns of an amount, or sums of them, to units of 1e-10 credits.
 *
 * @param restE10 `null`: 0
 */
export function joinCredits(unitsE8: ExactInteger, restE10: ExactInteger | null): ExactInteger {
  const units = typeof unitsE8 === 'number' ? unitsE8 * 100 : Number.NaN;
  const high = Number.isSafeInteger(units) ? units : BigInt(unitsE8) * UNITS_PER_E8;
  return restE10 === null ? high : addExact(high, restE10);
}
