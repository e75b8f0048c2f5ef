import type { Runway } from '../contract/quota.js';
import { formatCredits } from './credits.js';
import { UTC_DAY_MS, toInstant } from './time.js';

/** What the estimate rests on. */
export interface ForecastInput {
  /** What is left, units of 1e-8 credits. */
  remainingE8: bigint;
  /** Credits used in each whole 24 hours before now, newest first, at most 30 and none before the first call. */
  dailyUseE8: readonly bigint[];
  nowMs: number;
}

/** The estimate looks back at most this far. */
export const FORECAST_DAYS = 30;
/** Fewer days than this say nothing about a pace. */
const LEAST_DAYS = 2;
/** 80 % of a normal distribution lie within 1.2816 standard deviations of its mean. */
const Z_80 = 1.2816;

/**
 * How long the rest lasts: what remains divided by the mean use a day.
 *
 * The mean is over the 24-hour days since the first call, at most 30; days without use count as zero and top-ups do not
 * count at all, being no use. The interval takes the mean 1.28 standard errors up and down (80 % of such means, by the
 * central limit theorem: NIST/SEMATECH e-Handbook of Statistical Methods, 7.2.2), so uneven days widen it. When the
 * lower mean is not above zero there is no latest day.
 */
export function forecastRunway({ remainingE8, dailyUseE8, nowMs }: ForecastInput): Runway {
  const basedOnDays = dailyUseE8.length;
  if (remainingE8 <= 0n) return noEstimate('depleted', basedOnDays);
  if (basedOnDays < LEAST_DAYS) return noEstimate('notEnoughData', basedOnDays);
  const sumE8 = dailyUseE8.reduce((sum, use) => sum + use, 0n);
  if (sumE8 <= 0n) return noEstimate('noRecentUse', basedOnDays);

  const mean = Number(sumE8) / basedOnDays;
  const squares = dailyUseE8.reduce((sum, use) => sum + (Number(use) - mean) ** 2, 0);
  const standardError = Math.sqrt(squares / (basedOnDays - 1) / basedOnDays);
  const remaining = Number(remainingE8);
  const slowest = mean - Z_80 * standardError;
  const days = remaining / mean;
  return {
    status: 'estimated',
    days: toTenths(days),
    earliestDays: toTenths(remaining / (mean + Z_80 * standardError)),
    latestDays: slowest > 0 ? toTenths(remaining / slowest) : null,
    depletesOn: toDepletion(nowMs + days * UTC_DAY_MS),
    dailyAverage: formatCredits(sumE8 / BigInt(basedOnDays)),
    basedOnDays,
  };
}

/** The answer for an account without a limit. */
export function unlimitedRunway(): Runway {
  return noEstimate('unlimited', 0);
}

/** The answer while the balance is not known. */
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

/** Nobody plans past the year 9999, and calendars stop there. */
function toDepletion(instantMs: number): string | null {
  return instantMs < Date.UTC(9999, 0) ? toInstant(instantMs) : null;
}
