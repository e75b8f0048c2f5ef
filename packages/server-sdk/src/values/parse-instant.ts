/** Full date and time with zone, RFC 3339; the fraction may be finer than milliseconds. */
const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;
const EPOCH_MS = /^(0|[1-9]\d{0,14})$/;

/**
 * Parses an instant to epoch milliseconds.
 *
 * @param value Date (of any realm: a test runner's or a worker's too), epoch milliseconds as a number or digits, or RFC
 *   3339 text; fractions of a millisecond are truncated
 * @returns `null` when it is none of these, or no date of the calendar (`2026-02-30`)
 */
export function parseInstant(value: unknown): number | null {
  if (typeof value === 'object') return readDate(value);
  if (typeof value === 'number') return toFiniteOrNull(Math.floor(value));
  if (typeof value !== 'string') return null;
  return EPOCH_MS.test(value) ? Number(value) : parseRfc3339(value);
}

function parseRfc3339(text: string): number | null {
  const match = RFC_3339.exec(text);
  if (!match) return null;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(part) as SixNumbers;
  const [offsetHour, offsetMinute] = [part(9), part(10)];
  const onClock = hour < 24 && minute < 60 && second < 60 && offsetHour < 24 && offsetMinute < 60;
  const millisecond = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const localMs = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  const offsetMs = (match[8] === '-' ? -1 : 1) * (offsetHour * 60 + offsetMinute) * 60_000;
  return onClock && isDayInMonth(localMs, month, day) ? localMs - offsetMs : null;
}

type SixNumbers = [number, number, number, number, number, number];

/** `Date.UTC` turns 30 February into a day of March. */
function isDayInMonth(utcMs: number, month: number, day: number): boolean {
  const date = new Date(utcMs);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** `getTime` accepts Dates of all realms, unlike `instanceof`, and throws for other objects. */
function readDate(value: object | null): number | null {
  try {
    return toFiniteOrNull(Date.prototype.getTime.call(value));
  } catch {
    return null;
  }
}

function toFiniteOrNull(ms: number): number | null {
  return Number.isFinite(ms) ? ms : null;
}
