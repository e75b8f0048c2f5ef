import type { Runway } from '../contract/quota.js';
import { formatE10 } from '../values/amounts.js';
import { UTC_DAY_MS, toInstant } from '../values/time.js';

/** Balance and use that the forecast is computed from. */
export interface ForecastInput {
  /** Credits left, units of 1e-10. */
  remainingE10: bigint;
  /** Credits used in each whole 24 hours before now, newest first, at most 30 and none before the first call. */
  dailyUseE10: readonly bigint[];
  nowMs: number;
}

/** Maximum number of days of the estimate. */
export const FORECAST_DAYS = 30;
/** Fewer days than this say nothing about a pace. */
const MIN_DAYS = 2;
/**
 * How many standard errors the true mean lies from the measured one at most, 8 times in 10, by the number of days less
 * one: Student's t at 0.90, NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2. The fewer the days, the
 * larger.
 */
const T_90 = [
  3.078, 1.886, 1.638, 1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.35, 1.345,
  1.341, 1.337, 1.333, 1.33, 1.328, 1.325, 1.323, 1.321, 1.319, 1.318, 1.316, 1.315, 1.314, 1.313,
  1.311,
];

/**
 * Forecasts how long the remaining credits last at the recent use.
 *
 * @see https://www.itl.nist.gov/div898/handbook/eda/section3/eda352.htm
 *
 * 1. The days: whole 24 hours back from the last full hour, none from before the first call, at most 30. A day without
 *    use counts as zero. Top-ups and expiry do not count: they change the balance, not the use.
 * 2. The pace: the mean `m` of their credits. `days = balance / m`, rounded down to tenths; `depletesOn` is that far
 *    from now.
 * 3. The interval: their standard deviation `s` (n − 1 in the denominator), the standard error `e = s / √n`, and the
 *    confidence limits `m ± t·e` of the mean at 80 %, `t` from Student's table (NIST/SEMATECH e-Handbook of Statistical
 *    Methods, 1.3.5.2 "Confidence Limits for the Mean"). `earliestDays = balance / (m + t·e)`, `latestDays = balance /
 *    (m − t·e)`; where `m − t·e` is not above zero there is no latest day. Uneven or few days widen it.
 *
 * Example: 100 credits left, used 20, 0, 10 and 10 on four days. `m` = 10, so 10 days. `s` = 8.165, `e` = 4.082, `t` =
 * 1.638: the pace lies between 3.31 and 16.69, so 5.9 to 30.1 days.
 *
 * It assumes that use continues as before; it considers no weekdays, seasons or plans. All three figures are in
 * proportion to the balance, so that more balance never means fewer days.
 *
 * No estimate: `depleted` with nothing left or an overdraft, `notEnoughData` before two whole days, `noRecentUse` when
 * nothing was used on any of the days.
 */
export function forecastRunway({ remainingE10, dailyUseE10, nowMs }: ForecastInput): Runway {
  const basedOnDays = dailyUseE10.length;
  if (remainingE10 <= 0n) return noEstimate('depleted', basedOnDays);
  if (basedOnDays < MIN_DAYS) return noEstimate('notEnoughData', basedOnDays);
  const sumE10 = dailyUseE10.reduce((sum, use) => sum + use, 0n);
  if (sumE10 <= 0n) return noEstimate('noRecentUse', basedOnDays);

  const { mean, margin } = computePace(dailyUseE10);
  const remaining = Number(remainingE10);
  const days = remaining / mean;
  return {
    status: 'estimated',
    days: toTenths(days),
    earliestDays: toTenths(remaining / (mean + margin)),
    latestDays: mean > margin ? toTenths(remaining / (mean - margin)) : null,
    depletesOn: toDepletion(nowMs + days * UTC_DAY_MS),
    dailyAverage: formatE10(sumE10 / BigInt(basedOnDays)),
    basedOnDays,
  };
}

/** A pace: the mean of days, and how far the true mean lies from it at most, 8 times in 10. */
export interface Pace {
  mean: number;
  margin: number;
}

/** Estimates the pace of days, in their unit; `null` for fewer than two days. @see forecastRunway for the statistics */
export function estimatePace(days: readonly bigint[]): Pace | null {
  return days.length < MIN_DAYS ? null : computePace(days);
}

function computePace(days: readonly bigint[]): Pace {
  const mean = Number(days.reduce((sum, use) => sum + use, 0n)) / days.length;
  const squares = days.reduce((sum, use) => sum + (Number(use) - mean) ** 2, 0);
  const standardError = Math.sqrt(squares / (days.length - 1) / days.length);
  return { mean, margin: (T_90[days.length - 2] ?? NaN) * standardError };
}

/** Returns the forecast of an account without a limit. */
export function unlimitedRunway(): Runway {
  return noEstimate('unlimited', 0);
}

/** Returns the forecast while the balance is unknown. */
export function unknownRunway(): Runway {
  return noEstimate('notEnoughData', 0);
}

function noEstimate(status: Runway['status'], basedOnDays: number): Runway {
  return {
    status,
    days: status === 'depleted' ? 0 : null,
    earliestDays: null,
    latestDays: null,
    depletesOn: null,
    dailyAverage: null,
    basedOnDays,
  };
}

function toTenths(days: number): number {
  return Math.floor(days * 10) / 10;
}

/** `null` after the year 9999, which RFC 3339 cannot express. */
function toDepletion(instantMs: number): string | null {
  return instantMs < Date.UTC(9999, 0) ? toInstant(instantMs) : null;
}
