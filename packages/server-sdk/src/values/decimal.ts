/**
 * Exact amounts with any number of decimals: integers of base units (value × 10^decimals) as `bigint`, parsed from and
 * formatted to decimal strings. No amount passes through a binary floating-point number.
 */

/** Plain decimal notation: digits, optionally a sign and a fraction. */
const DECIMAL = /^(-?)(\d{1,78})(?:\.(\d{1,78}))?$/;

/**
 * Parses a decimal string.
 *
 * @param text plain decimal notation, of at most `decimals` significant decimals: for 8, `'0.50000000000'` is fine, `'1e-9'` is
 *   not
 * @returns base units; `null` when the text is not such a number
 */
export function parseDecimal(text: string, decimals: number): bigint | null {
  const match = DECIMAL.exec(text);
  if (!match) return null;
  const [, sign, whole = '0', fraction = ''] = match;
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > decimals) return null;
  const units = BigInt(whole + digits.padEnd(decimals, '0'));
  return sign === '-' ? -units : units;
}

/** Decimal notation with or without an exponent, as programs print numbers. */
const NUMBER = /^([+-]?)(\d{0,400})(?:\.(\d{0,400}))?(?:e([+-]?\d{1,4}))?$/i;
const MAX_EXPONENT = 400;

/**
 * Converts an amount to base units, rounded half to even. A number counts by its shortest decimal form: `0.1` is a tenth, not
 * 0.1000000000000000055.
 *
 * @param amount a number, or text such as `0.5`, `1e-7` or `+3`
 * @returns `null` when it is no number, not finite, or has more than 400 digits
 */
export function roundDecimal(amount: string | number | bigint, decimals: number): bigint | null {
  const text = String(amount);
  const plain = parseDecimal(text, decimals);
  if (plain !== null) return plain;
  const match = NUMBER.exec(text.trim());
  if (!match) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole + fraction === '' || Math.abs(Number(exponent)) > MAX_EXPONENT) return null;
  const shift = Number(exponent) - fraction.length + decimals;
  const digits = BigInt(whole + fraction);
  const units =
    shift >= 0 ? digits * 10n ** BigInt(shift) : divideHalfEven(digits, 10n ** BigInt(-shift));
  return sign === '-' ? -units : units;
}

/** Divides integers that are not negative, rounded half to even. */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const twice = 2n * (dividend % divisor);
  const isUp = twice > divisor || (twice === divisor && quotient % 2n === 1n);
  return isUp ? quotient + 1n : quotient;
}

/** Formats base units as a decimal string without trailing zeros; zero is `'0'`, never `'-0'`. */
export function formatDecimal(units: bigint, decimals: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
