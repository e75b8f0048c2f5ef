import { formatDecimal, parseDecimal, isDecimals, parseBaseUnits } from '../../values/decimal.js';
import { parseInstant } from '../../values/parse-instant.js';
import { SECOND_MS } from '../../values/time.js';
import { QuotaProviderError } from '../quota-provider.js';

/** An object of the wire; only named fields of it are ever read, and nothing is passed on whole. */
export type WireObject = Readonly<Record<string, unknown>>;

const MAX_TEXT_LENGTH = 500;

/** The object, or `null` when it is none. */
export function toObject(value: unknown): WireObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as WireObject)
    : null;
}

/** The object. @throws QuotaProviderError when it is none */
export function needObject(value: unknown, what: string): WireObject {
  return toObject(value) ?? fail(`${what} is not an object`, 'provider');
}

/** A field of the object itself; names like `constructor` find nothing. */
export function readField(object: WireObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Text that is not empty, cut to a length that fits a page; `null` otherwise. */
export function toText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, MAX_TEXT_LENGTH) : null;
}

/** Base units of an amount. @throws QuotaProviderError when it is no whole number */
export function needBaseUnits(value: unknown, what: string): bigint {
  return parseBaseUnits(value) ?? fail(`${what} is not a whole number of base units`, 'user');
}

/**
 * Base units of an amount in either form: a decimal point tells human decimals, everything else is base units.
 *
 * @throws QuotaProviderError when it is neither
 */
export function needAmount(value: unknown, decimals: number, what: string): bigint {
  if (typeof value === 'string' && value.includes('.')) {
    return parseDecimal(value, decimals) ?? fail(`${what} is not a decimal amount`, 'user');
  }
  return needBaseUnits(value, what);
}

/** A human decimal, as text or number, in its shortest form; `null` when it is none. */
export function toHumanDecimal(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  const units = typeof text === 'string' ? parseDecimal(text, 36) : null;
  return units === null ? null : formatDecimal(units, 36);
}

/** The number of decimals of a currency; never guessed. @throws QuotaProviderError when it is missing */
export function needDecimals(value: unknown): number {
  return isDecimals(value) ? value : fail('The currency does not say its decimals', 'provider');
}

/** ISO text, as most fields have it, or Unix seconds, as `expires_at` has it; `null` when absent or 0. */
export function toEpochMs(value: unknown): number | null {
  if (typeof value === 'number') {
    return Number.isFinite(value) && value > 0 ? Math.floor(value * SECOND_MS) : null;
  }
  if (typeof value !== 'string') return null;
  return /^\d{1,11}$/.test(value) ? toEpochMs(Number(value)) : parseInstant(value);
}

/** An `https:` address without credentials in it; `null` for everything else. */
export function toHttpsUrl(value: unknown): string | null {
  if (typeof value !== 'string' || !URL.canParse(value)) return null;
  const url = new URL(value);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
}

/** A list with the count of all its rows. @throws QuotaProviderError for another shape */
export function needList(value: unknown, what: string): { count: number; list: WireObject[] } {
  const { count, list } = needObject(value, what);
  if (!Array.isArray(list) || !Number.isSafeInteger(count) || (count as number) < 0) {
    return fail(`${what} has no list with its count`, 'provider');
  }
  return { count: count as number, list: list.map((row) => needObject(row, `A row of ${what}`)) };
}

/** @throws QuotaProviderError always */
export function fail(message: string, concerns: 'user' | 'provider'): never {
  throw new QuotaProviderError(`Payment Kit: ${message}`, concerns);
}
