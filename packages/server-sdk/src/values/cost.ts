import { formatDecimal, roundDecimal } from './decimal.js';

/** Decimals of money: amounts are integers of 1e-10 of the currency. */
const DECIMALS = 10;

/** Maximum cost of one call, units of 1e-10: what a JavaScript number holds exactly. */
export const MAX_CALL_COST_E10 = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Converts money to units of 1e-10, rounded half to even.
 *
 * @returns `null` as {@link roundDecimal}
 */
export function roundCost(amount: string | number | bigint): bigint | null {
  return roundDecimal(amount, DECIMALS);
}

/** Formats units of 1e-10 as a decimal string without trailing zeros; zero is `'0'`. */
export function formatCost(unitsE10: bigint): string {
  return formatDecimal(unitsE10, DECIMALS);
}

/** Whether a text has the form of an ISO 4217 code, e.g. `USD`. */
export function isCurrency(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z]{3}$/.test(value);
}
