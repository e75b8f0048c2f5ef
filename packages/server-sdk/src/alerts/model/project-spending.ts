import type { BudgetMetric, BudgetProjection } from '../../contract/alerts.js';
import { estimatePace } from '../../quota/quota-forecast.js';
import { UTC_DAY_MS } from '../../values/time.js';
import { UNITS_PER_ONE, formatUnits } from './amounts.js';

/** What a projection is computed from. */
export interface SpendingInput {
  metric: BudgetMetric;
  /** Spent since the start of the period, units of 1e-10. */
  spent: bigint;
  /** Spent in each whole 24 hours before now, newest first, none from before the first call, units of 1e-10. */
  dailyUse: readonly bigint[];
  /** Until the end of the period. */
  remainingMs: number;
}

/**
 * Projects what is spent by the end of a period if the mean pace of the days continues; the interval is the one of the quota's
 * forecast (see `forecastRunway`), and never below what is spent already.
 *
 * @returns `null` for fewer than two days, which say nothing about a pace
 */
export function projectSpending({
  metric,
  spent,
  dailyUse,
  remainingMs,
}: SpendingInput): BudgetProjection | null {
  const pace = estimatePace(dailyUse);
  if (pace === null) return null;
  const days = remainingMs / UTC_DAY_MS;
  const project = (unitsPerDay: number): string => {
    const units = BigInt(Math.round(Math.max(0, unitsPerDay) * days));
    return formatUnits(spent + roundToUnit(metric, units));
  };
  return {
    amount: project(pace.mean),
    lowest: project(pace.mean - pace.margin),
    highest: project(pace.mean + pace.margin),
    basedOnDays: dailyUse.length,
  };
}

/** Calls and tokens are whole; amounts of an estimate need no more than 8 decimals. */
function roundToUnit(metric: BudgetMetric, units: bigint): bigint {
  const unit = metric === 'calls' || metric === 'tokens' ? UNITS_PER_ONE : 100n;
  return ((units + unit / 2n) / unit) * unit;
}
