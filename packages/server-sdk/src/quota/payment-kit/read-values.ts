import { formatDecimal, parseDecimal } from '../../values/decimal.js';
import { isDecimals, parseBaseUnits } from '../../values/base-units.js';
import { parseInstant } from '../../values/parse-instant.js';
import { SECOND_MS } from '../../values/time.js';
import { QuotaProviderError } from '../quota-provider.js';

/** An object of a response; only named fields of it are read, and it is never returned entirely. */
export type WireObject = Readonly<Record<string, unknown>>;

const MAX_TEXT_LENGTH = 500;

/** Returns an object, or `null` for another value. */
export function toObject(value: unknown): WireObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as WireObject)
    : null;
}

/** Returns an object. @throws QuotaProviderError for another value */
export function requireObject(value: unknown, what: string): WireObject {
  return toObject(value) ?? fail(`${what} is not an object`, 'provider');
}

/** Reads an own field of an object, so that a name like `constructor` is missing. */
export function readField(object: WireObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Returns a text that is not empty, truncated to a length for a page; `null` for another value. */
export function toText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, MAX_TEXT_LENGTH) : null;
}

/** Reads base units. @throws QuotaProviderError for a value that is no integer */
export function requireBaseUnits(value: unknown, what: string): bigint {
  return parseBaseUnits(value) ?? fail(`${what} is not a whole number of base units`, 'user');
}

/**
 * Reads an amount as base units: a text with a decimal point is a decimal, every other value is base units.
 *
 * @throws QuotaProviderError for a value that is neither
 */
export function requireAmount(value: unknown, decimals: number, what: string): bigint {
  if (typeof value === 'string' && value.includes('.')) {
    return parseDecimal(value, decimals) ?? fail(`${what} is not a decimal amount`, 'user');
  }
  return requireBaseUnits(value, what);
}

/** Converts a decimal, as text or number, to its shortest form; `null` for another value. */
export function toHumanDecimal(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  const units = typeof text === 'string' ? parseDecimal(text, 36) : null;
  return units === null ? null : formatDecimal(units, 36);
}

/** Reads the number of decimals of a currency. @throws QuotaProviderError when it is missing */
export function requireDecimals(value: unknown): number {
  return isDecimals(value) ? value : fail('The currency does not say its decimals', 'provider');
}

/** Reads RFC 3339 text, as in most fields, or Unix seconds, as in `expires_at`; `null` when missing or 0. */
export function toEpochMs(value: unknown): number | null {
  if (typeof value === 'number') {
    return Number.isFinite(value) && value > 0 ? Math.floor(value * SECOND_MS) : null;
  }
  if (typeof value !== 'string') return null;
  return /^\d{1,11}$/.test(value) ? toEpochMs(Number(value)) : parseInstant(value);
}

/** Returns an `https:` address without credentials; `null` for another value. */
export function toHttpsUrl(value: unknown): string | null {
  if (typeof value !== 'string' || !URL.canParse(value)) return null;
  const url = new URL(value);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
}

/** Reads a list with the count of all its rows. @throws QuotaProviderError for another format */
export function requireList(value: unknown, what: string): { count: number; list: WireObject[] } {
  const { count, list } = requireObject(value, what);
  if (!Array.isArray(list) || !Number.isSafeInteger(count) || (count as number) < 0) {
    return fail(`${what} has no list with its count`, 'provider');
  }
  return {
    count: count as number,
    list: list.map((row) => requireObject(row, `A row of ${what}`)),
  };
}

/** @throws QuotaProviderError always */
export function fail(message: string, concerns: 'user' | 'provider'): never {
  throw new QuotaProviderError(`Payment Kit: ${message}`, concerns);
}
