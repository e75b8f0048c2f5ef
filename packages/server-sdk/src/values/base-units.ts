/**
 * Amounts of currencies with any number of decimals: integers of base units (value × 10^decimal) as `bigint`, read from
 * and written to text. No amount passes through a binary float.
 */

/** More decimals than any currency has; a larger number is taken for garbage. */
const MAX_DECIMALS = 36;

/** Whole base units: digits only, as many as a 256-bit integer has. */
const BASE_UNITS = /^-?\d{1,78}$/;

/** Plain decimal notation. */
const DECIMAL = /^(-?)(\d{1,78})(?:\.(\d{1,78}))?$/;

/** Whether this is a number of decimals that amounts can be converted with; 0 is one. */
export function isDecimals(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_DECIMALS;
}

/**
 * Base units from the wire: an integer as text, or as a number that is still exact.
 *
 * @returns `null` for everything else, fractions, exponents and hexadecimals too
 */
export function parseBaseUnits(value: unknown): bigint | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : null;
  return typeof value === 'string' && BASE_UNITS.test(value) ? BigInt(value) : null;
}

/**
 * A decimal string as base units.
 *
 * @returns `null` when it is no plain decimal or has more significant decimals than the currency
 */
export function decimalToBase(text: string, decimals: number): bigint | null {
  const match = DECIMAL.exec(text);
  if (!match) return null;
  const [, sign, whole = '0', fraction = ''] = match;
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > decimals) return null;
  const units = BigInt(whole + digits.padEnd(decimals, '0'));
  return sign === '-' ? -units : units;
}

/** Base units as a decimal string without trailing zeros; zero is `'0'`, never `'-0'`. */
export function baseToDecimal(units: bigint, decimals: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
