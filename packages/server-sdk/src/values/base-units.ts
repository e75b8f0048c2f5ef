/** More decimals than any currency has; a larger number is invalid. */
const MAX_DECIMALS = 36;

/** Integer base units: digits only, as many as a 256-bit integer has. */
const BASE_UNITS = /^-?\d{1,78}$/;

/** Whether a value is a number of decimals that amounts can be converted with; 0 is one. */
export function isDecimals(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_DECIMALS;
}

/**
 * Parses base units: an integer as text, or as a safe integer.
 *
 * @returns `null` for everything else, also fractions, exponents and hexadecimals
 */
export function parseBaseUnits(value: unknown): bigint | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : null;
  return typeof value === 'string' && BASE_UNITS.test(value) ? BigInt(value) : null;
}
