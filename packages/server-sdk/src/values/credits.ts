/**
 * Exact credit arithmetic: amounts are integers of 1e-8 credits, read from and written to decimal strings.
 * No amount passes through a binary float.
 */

const DECIMALS = 8;
const SCALE = 10n ** BigInt(DECIMALS);

/** Largest magnitude of one call's cost: what a JavaScript number holds exactly in units of 1e-8. */
export const MAX_CALL_CREDITS_E8 = BigInt(Number.MAX_SAFE_INTEGER);

/** Plain decimal notation: digits, optionally a sign and a fraction. */
const DECIMAL = /^(-?)(\d{1,60})(?:\.(\d{1,60}))?$/;

/**
 * Parses a decimal string into units of 1e-8 credits.
 *
 * @param text plain decimal notation, at most 8 significant decimals (`'0.50000000000'` is fine, `'1e-9'` is not)
 * @returns `null` when the text is not such a number
 */
export function parseCredits(text: string): bigint | null {
  const match = DECIMAL.exec(text);
  if (!match) return null;
  const [, sign, whole = '0', fraction = ''] = match;
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > DECIMALS) return null;
  const units = BigInt(whole) * SCALE + BigInt(digits.padEnd(DECIMALS, '0'));
  return sign === '-' ? -units : units;
}

/** Decimal notation with or without an exponent, as programs print numbers. */
const NUMBER = /^([+-]?)(\d{0,400})(?:\.(\d{0,400}))?(?:e([+-]?\d{1,4}))?$/i;
const MAX_EXPONENT = 400;

/**
 * An amount in units of 1e-8 credits, rounded half to even to 8 decimals. A number counts by its shortest decimal form:
 * `0.1` is a tenth, not 0.1000000000000000055.
 *
 * @param amount a number, or text such as `0.5`, `1e-7` or `+3`
 * @returns `null` when it is no number, not finite, or beyond 400 digits
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

/** Units of 1e-8 credits as a decimal string without trailing zeros; zero is `'0'`. */
export function formatCredits(unitsE8: bigint): string {
  const negative = unitsE8 < 0n;
  const magnitude = negative ? -unitsE8 : unitsE8;
  const fraction = (magnitude % SCALE).toString().padStart(DECIMALS, '0').replace(/0+$/, '');
  const text = `${magnitude / SCALE}${fraction === '' ? '' : `.${fraction}`}`;
  return negative ? `-${text}` : text;
}
