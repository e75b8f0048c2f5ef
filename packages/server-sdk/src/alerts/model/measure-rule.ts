import type { AlertMetric, AlertScope } from '../../contract/alerts.js';
import type { CallFigures } from '../../aggregates/model/call-figures.js';
import {
  computeTotalTokens,
  p95DurationMs,
  readCost,
  readCredits,
} from '../../aggregates/model/totals.js';
import type { BackdatedPart, BackdatedQuarter } from '../../aggregates/store/backdated-store.js';
import type { Rule } from './alert-rule.js';
import type { AlertPeriod } from './alert-period.js';
import { roundUnits, UNITS_PER_ONE } from './amounts.js';

/** A value of a rule, units of 1e-10; `null`: unknown. */
export interface Measure {
  value: bigint | null;
  /** Without calls that are back-dated or imported. */
  liveValue: bigint | null;
}

/** Reads the value of a rule from figures of its scope and period, of which back-dated calls are a part. */
export function measureRule(
  { metric, minCalls }: Pick<Rule, 'metric' | 'minCalls'>,
  figures: CallFigures,
  backdated: Backdated,
): Measure {
  const value = readValue(metric, figures, minCalls);
  if (value === null) return { value, liveValue: null };
  if (backdated.calls === 0) return { value, liveValue: value };
  return { value, liveValue: subtract(metric, figures, { backdated, minCalls }) };
}

/** Reads the value of a metric of calls, units of 1e-10; `null`: unknown, or of fewer calls than `minCalls` where that matters. */
export function readValue(
  metric: AlertMetric,
  figures: CallFigures,
  minCalls: number,
): bigint | null {
  switch (metric) {
    case 'credits':
      return scale(readCredits(figures), 1n);
    case 'cost':
      return scale(readCost(figures), 1n);
    case 'calls':
      return scale(figures.calls, UNITS_PER_ONE);
    case 'tokens':
      return scale(computeTotalTokens(figures), UNITS_PER_ONE);
    case 'errorRate':
      return toRatio(figures.failedCalls, figures.failedCalls + figures.successfulCalls, minCalls);
    case 'p95DurationMs':
      return readP95(figures, minCalls);
    case 'remaining':
    case 'daysRemaining':
      return null;
  }
}

function scale(value: number | bigint | null, unit: bigint): bigint | null {
  return value === null ? null : BigInt(value) * unit;
}

/** Rounded down: a ratio is at a level of 10 decimals exactly when its rounded value is. */
function toRatio(failed: number, ended: number, minCalls: number): bigint | null {
  if (ended < Math.max(1, minCalls)) return null;
  return (BigInt(failed) * UNITS_PER_ONE) / BigInt(ended);
}

function readP95(figures: CallFigures, minCalls: number): bigint | null {
  if (figures.durationSamples < minCalls) return null;
  const milliseconds = p95DurationMs(figures);
  return milliseconds === null ? null : roundUnits(milliseconds);
}

/** What back-dated calls of a scope and a period amount to. */
export type Backdated = Omit<BackdatedPart, 'appDid' | 'model'>;

/** Adds up back-dated calls of a scope since the start of a period. */
export function sumBackdated(
  quarters: readonly BackdatedQuarter[],
  scope: AlertScope,
  { fromMs }: AlertPeriod,
): Backdated {
  const sum = { ...NO_CALLS };
  for (const { quarterMs, parts } of quarters) {
    if (quarterMs < fromMs) continue;
    for (const part of parts) if (isInScope(scope, part)) add(sum, part);
  }
  return sum;
}

const NO_CALLS: Backdated = {
  calls: 0,
  failedCalls: 0,
  endedCalls: 0,
  totalTokens: 0n,
  creditsE10: 0n,
  costE10: 0n,
};

function isInScope(scope: AlertScope, { appDid, model }: BackdatedPart): boolean {
  if (scope.kind === 'account') return true;
  return scope.kind === 'project' ? scope.appDid === appDid : scope.model === model;
}

function add(sum: Backdated, part: BackdatedPart): void {
  sum.calls += part.calls;
  sum.failedCalls += part.failedCalls;
  sum.endedCalls += part.endedCalls;
  sum.totalTokens += part.totalTokens;
  sum.creditsE10 += part.creditsE10;
  sum.costE10 += part.costE10;
}

function subtract(
  metric: AlertMetric,
  figures: CallFigures,
  { backdated, minCalls }: { backdated: Backdated; minCalls: number },
): bigint | null {
  const value = readValue(metric, figures, 0) ?? 0n;
  switch (metric) {
    case 'credits':
      return value - backdated.creditsE10;
    case 'cost':
      return value - backdated.costE10;
    case 'calls':
      return value - BigInt(backdated.calls) * UNITS_PER_ONE;
    case 'tokens':
      return value - backdated.totalTokens * UNITS_PER_ONE;
    case 'errorRate': {
      const failed = figures.failedCalls - backdated.failedCalls;
      const ended = figures.failedCalls + figures.successfulCalls - backdated.endedCalls;
      return failed < 0 || failed > ended ? null : toRatio(failed, ended, minCalls);
    }
    // Durations of calls cannot be taken out of a sketch.
    case 'p95DurationMs':
    case 'remaining':
    case 'daysRemaining':
      return null;
  }
}
