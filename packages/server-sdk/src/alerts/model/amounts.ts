import type { AlertDirection, AlertMetric } from '../../contract/alerts.js';
import { formatDecimal, parseDecimal, roundDecimal } from '../../values/decimal.js';

/** Decimals of values and thresholds of all metrics: as many as money has. */
const DECIMALS = 10;
/** Units of one. */
export const UNITS_PER_ONE = 10n ** BigInt(DECIMALS);

/** Parses a decimal string into units of 1e-10. @returns `null` where it is none, or has more decimals */
export function parseUnits(text: string): bigint | null {
  return parseDecimal(text, DECIMALS);
}

/** Formats units of 1e-10 as a decimal string without trailing zeros. */
export function formatUnits(units: bigint): string {
  return formatDecimal(units, DECIMALS);
}

/** Converts a finite number to units of 1e-10 by its shortest decimal form. @returns `null` where it is not finite */
export function roundUnits(value: number): bigint | null {
  return roundDecimal(value, DECIMALS);
}

/** Divides integers of which the divisor is positive, rounded up: a share is reached exactly when its rounded up units are. */
export function divideUp(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor > 0n ? quotient + 1n : quotient;
}

/** Whether levels of a metric are breached from below or from above. */
export function getDirection(metric: AlertMetric): AlertDirection {
  return metric === 'remaining' || metric === 'daysRemaining' ? 'below' : 'above';
}

/** Whether a value is at a threshold or beyond it. */
export function isBreached(direction: AlertDirection, value: bigint, threshold: bigint): boolean {
  return direction === 'above' ? value >= threshold : value <= threshold;
}

/** Whether a value is so far from a threshold that the level clears: a tenth of the threshold, so that noise does not. */
export function isClear(direction: AlertDirection, value: bigint, threshold: bigint): boolean {
  if (isBreached(direction, value, threshold)) return false;
  return direction === 'above' ? value * 10n < threshold * 9n : value * 10n > threshold * 11n;
}
