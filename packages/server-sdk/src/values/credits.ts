import { formatDecimal, parseDecimal } from './decimal.js';

/** Decimals of credits: amounts are integers of 1e-8 credits. */
const DECIMALS = 8;

/** Maximum cost of one call, units of 1e-8 credits: what a JavaScript number holds exactly. */
export const MAX_CALL_CREDITS_E8 = BigInt(Number.MAX_SAFE_INTEGER);

/** Parses a decimal string into units of 1e-8 credits. @returns `null` as {@link parseDecimal} */
export function parseCredits(text: string): bigint | null {
  return parseDecimal(text, DECIMALS);
}

/** Decimal notation with or without an exponent, as programs print numbers. */
const NUMBER = /^([+-]?)(\d{0,400})(?:\.(\d{0,400}))?(?:e([+-]?\d{1,4}))?$/i;
const MAX_EXPONENT = 400;

/**
 * Converts an amount to units of 1e-8 credits, rounded half to even. A number counts by its shortest decimal form:
 * `0.1` is a tenth, not 0.1000000000000000055.
 *
 * @param amount a number, or text such as `0.5`, `1e-7` or `+3`
 * @returns `null` when it is no number, not finite, or has more than 400 digits
 */
export function roundCredits(amount: string | number | bigint): bigint | null {
  const text = String(amount);
  const plain = parseCredits(text);
  if (plain !== null) return plain;
  const match = NUMBER.exec(text.trim());
  if (!match) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole + fraction === '' || Math.abs(Number(exponent)) > MAX_EXPONENT) return null;
  const shift = Number(exponent) - fraction.length + DECIMALS;
  const digits = BigInt(whole + fraction);
  const units =
    shift >= 0 ? digits * 10n ** BigInt(shift) : divideHalfEven(digits, 10n ** BigInt(-shift));
  return sign === '-' ? -units : units;
}

function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const twice = 2n * (dividend % divisor);
  const isUp = twice > divisor || (twice === divisor && quotient % 2n === 1n);
  return isUp ? quotient + 1n : quotient;
}

/** Formats units of 1e-8 credits as a decimal string without trailing zeros; zero is `'0'`. */
export function formatCredits(unitsE8: bigint): string {
  return formatDecimal(unitsE8, DECIMALS);
}
