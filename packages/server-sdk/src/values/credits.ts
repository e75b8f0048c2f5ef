import { formatDecimal, parseDecimal, roundDecimal } from './decimal.js';

/** Decimals of credits: amounts are integers of 1e-8 credits. */
const DECIMALS = 8;

/** Maximum cost of one call, units of 1e-8 credits: what a JavaScript number holds exactly. */
export const MAX_CALL_CREDITS_E8 = BigInt(Number.MAX_SAFE_INTEGER);

/** Parses a decimal string into units of 1e-8 credits. @returns `null` as {@link parseDecimal} */
export function parseCredits(text: string): bigint | null {
  return parseDecimal(text, DECIMALS);
}

/**
 * Converts an amount to units of 1e-8 credits, rounded half to even.
 *
 * @param amount as of {@link roundDecimal}
 * @returns `null` as {@link roundDecimal}
 */
export function roundCredits(amount: string | number | bigint): bigint | null {
  return roundDecimal(amount, DECIMALS);
}

/** Formats units of 1e-8 credits as a decimal string without trailing zeros; zero is `'0'`. */
export function formatCredits(unitsE8: bigint): string {
  return formatDecimal(unitsE8, DECIMALS);
}
