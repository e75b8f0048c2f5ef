import { MINUTE_MS, QUARTER_HOUR_MS, floorTo } from '../../values/time.js';
import type { Rule } from './alert-rule.js';
import { getPeriod } from './alert-period.js';
import { QUOTA_METRICS } from './rule-definition.js';
import { CLEAR_AFTER_MS, type RuleState } from './rule-state.js';

/** How often a quota is looked at that changes without calls: by top-ups, and by other programs. */
const QUOTA_INTERVAL_MS = 15 * MINUTE_MS;

/** A rule and its state after an evaluation. */
export interface AdvancedRule {
  rule: Rule;
  state: RuleState;
}

/** When rules are to be evaluated again though no call is recorded, epoch ms; `null`: never. */
export function findDue(advanced: readonly AdvancedRule[], nowMs: number): number | null {
  const due = advanced.map((each) => findRuleDue(each, nowMs)).filter((ms) => ms !== null);
  return due.length === 0 ? null : due.reduce((first, ms) => Math.min(first, ms));
}

function findRuleDue({ rule, state }: AdvancedRule, nowMs: number): number | null {
  const { toMs } = getPeriod(rule.window, nowMs);
  const due = [toMs, findWindowDue({ rule, state }, nowMs)];
  if (QUOTA_METRICS.has(rule.metric)) due.push(nowMs + QUOTA_INTERVAL_MS);
  if (state.levels.some(({ clearSinceMs }) => clearSinceMs !== null)) {
    due.push(nowMs + CLEAR_AFTER_MS);
  }
  const known = due.filter((ms) => ms !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** Calls leave a rolling window at quarters of an hour; a window without any stays as it is. */
function findWindowDue({ rule, state }: AdvancedRule, nowMs: number): number | null {
  if (rule.window.kind !== 'rolling') return null;
  const isIdle = state.value === '0' || state.value === null;
  const isFiring = state.levels.some((level) => level.state === 'firing');
  return isIdle && !isFiring ? null : floorTo(QUARTER_HOUR_MS, nowMs) + QUARTER_HOUR_MS;
}
