import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../values/time.js';

/** Pauses before the second and later attempts of a delivery. */
const PAUSES_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
];

/** How often a delivery is attempted before it is a dead letter. */
export const MAX_ATTEMPTS = PAUSES_MS.length + 1;

/**
 * How long to wait after an attempt that failed, milliseconds.
 *
 * @param attempt 1 for the first
 * @returns `null` after the last: the delivery is a dead letter
 */
export function getPauseMs(attempt: number): number | null {
  return PAUSES_MS[attempt - 1] ?? null;
}
