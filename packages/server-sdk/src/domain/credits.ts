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

/**
 * A number of credits in units of 1e-8, by its shortest decimal form (`0.1` is a tenth, not 0.1000000000000000055).
 *
 * @returns `null` when it is not finite or needs more than 8 decimals
 */
export function creditsFromNumber(credits: number): bigint | null {
  if (!Number.isFinite(credits)) return null;
  const shortest = String(credits);
  return parseCredits(shortest.includes('e') ? expandExponent(shortest) : shortest);
}

/** Units of 1e-8 credits as a decimal string without trailing zeros; zero is `'0'`. */
export function formatCredits(unitsE8: bigint): string {
  const negative = unitsE8 < 0n;
  const magnitude = negative ? -unitsE8 : unitsE8;
  const fraction = (magnitude % SCALE).toString().padStart(DECIMALS, '0').replace(/0+$/, '');
  const text = `${magnitude / SCALE}${fraction === '' ? '' : `.${fraction}`}`;
  return negative ? `-${text}` : text;
}

/** `1.5e-7` to `0.00000015`; numbers print an exponent below 1e-6 and from 1e21 up. */
function expandExponent(text: string): string {
  const [mantissa = '0', exponent = '0'] = text.split('e');
  const negative = mantissa.startsWith('-');
  const [whole = '0', fraction = ''] = mantissa.replace('-', '').split('.');
  const shift = Number(exponent);
  const digits = whole + fraction;
  const point = whole.length + shift;
  const expanded =
    point <= 0 ? `0.${'0'.repeat(-point)}${digits}` : digits.padEnd(point, '0').slice(0, point);
  const rest = point > 0 && point < digits.length ? `.${digits.slice(point)}` : '';
  return `${negative ? '-' : ''}${expanded}${rest}`;
}
