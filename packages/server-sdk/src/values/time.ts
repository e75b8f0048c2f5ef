/** Milliseconds of the units that never vary; days and months of a zone do, see time-buckets.ts. */
export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const QUARTER_HOUR_MS = 15 * MINUTE_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const UTC_DAY_MS = 24 * HOUR_MS;

/** A half-open range of instants, epoch ms: `[fromMs, toMs)`. */
export interface TimeRange {
  fromMs: number;
  toMs: number;
}

/** Returns the last multiple of `unitMs` at or before the instant. */
export function floorTo(unitMs: number, instantMs: number): number {
  return Math.floor(instantMs / unitMs) * unitMs;
}

/** Returns the first multiple of `unitMs` at or after the instant. */
export function ceilTo(unitMs: number, instantMs: number): number {
  return Math.ceil(instantMs / unitMs) * unitMs;
}

/** Returns the start of the UTC month that the instant is in. */
export function floorToUtcMonth(instantMs: number): number {
  const date = new Date(instantMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

/** Returns the start of the UTC month after the one that the instant is in. */
export function nextUtcMonth(instantMs: number): number {
  const date = new Date(instantMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/** Formats an instant as RFC 3339 in UTC with milliseconds. @throws RangeError beyond the years that a `Date` has */
export function toInstant(instantMs: number): string {
  return new Date(instantMs).toISOString();
}

/** The last instant of a `Date`, epoch ms; the first is its negative. */
const MAX_INSTANT_MS = 8.64e15;

/** Whether a value is an instant, integer epoch milliseconds. */
export function isInstant(value: unknown): value is number {
  return Number.isSafeInteger(value) && Math.abs(value as number) <= MAX_INSTANT_MS;
}
