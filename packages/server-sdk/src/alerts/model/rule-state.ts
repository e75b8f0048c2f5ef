import type { AlertEventType, AlertLevelState, DecimalString } from '../../contract/index.js';
import type { AlertPeriod } from './alert-period.js';
import { formatUnits, getDirection, isBreached, isClear } from './amounts.js';
import type { Rule, RuleLevel } from './alert-rule.js';

/** State of a level, as JSON in the row of its rule's state. */
export interface LevelState {
  state: AlertLevelState;
  /** Since when it has the state, epoch ms. */
  sinceMs: number;
  /** Events `fired` of the period so far. */
  fires: number;
  /** Whether the last event is `fired`: `cleared` is still to come. */
  isOpen: boolean;
  /** Since when evaluations find the value clear, epoch ms; `null`: the last one did not. */
  clearSinceMs: number | null;
}

/** State of a rule, as JSON in its row. */
export interface RuleState {
  /** Of the rule that it is the state of. */
  fingerprint: string;
  /** Start of the calendar period, epoch ms; `null` for rolling windows. */
  periodMs: number | null;
  /** The last known value; `null`: unknown. */
  value: DecimalString | null;
  evaluatedAtMs: number;
  /** In the order of the rule's levels. */
  levels: LevelState[];
}

/** What an evaluation found. */
export interface Observation {
  nowMs: number;
  period: AlertPeriod;
  /** Units of 1e-10; `null`: missing or stale. */
  value: bigint | null;
  /** The value without calls that are back-dated or imported, which raise no event. */
  liveValue: bigint | null;
}

/** A crossing of a level. */
export interface Crossing {
  type: AlertEventType;
  level: RuleLevel;
  /** `null`: the period ended. */
  value: DecimalString | null;
  /** Start of the calendar period that the level was crossed in, epoch ms; `null` for rolling windows. */
  periodMs: number | null;
  /** Which event `fired` of the level in the period it is, or clears; from 1. */
  sequence: number;
}

/** The state after an evaluation, and what it changed. */
export interface Advance {
  state: RuleState;
  crossings: Crossing[];
}

/** A level clears when two evaluations so far apart, and all between them, find the value clear. */
export const CLEAR_AFTER_MS = 60_000;

/**
 * Advances a rule's state by one evaluation.
 *
 * 1. A level fires when the value without back-dated calls is at its threshold or beyond. In a calendar period once, whatever
 *    late calls, corrections or top-ups do to the value meanwhile; in a rolling window again after it has cleared.
 * 2. It clears when the value was beyond the clear threshold, a tenth from the threshold, in two evaluations a minute apart.
 * 3. A missing or stale value changes nothing.
 * 4. A new calendar period begins with levels that have not fired; those that were firing clear first.
 * 5. An evaluation of an older period, by a machine whose clock is behind, changes nothing.
 *
 * @param before `null`, or of another fingerprint: there was no evaluation of this rule
 */
export function advanceRule(
  rule: Rule,
  before: RuleState | null,
  observation: Observation,
): Advance {
  const { nowMs, period } = observation;
  const periodMs = period.toMs === null ? null : period.fromMs;
  const known = before?.fingerprint === rule.fingerprint ? before : null;
  if (known && (known.periodMs ?? 0) > (periodMs ?? 0)) return { state: known, crossings: [] };
  const { start, ended } = beginPeriod(rule, known, periodMs, nowMs);
  const crossings = [...ended];
  const value = observation.value === null ? start.value : formatUnits(observation.value);
  const levels = rule.levels.map((level, index) => {
    const state = start.levels[index] ?? createLevelState(nowMs);
    const next = advanceLevel(rule, level, state, observation);
    const type = getEventType(state, next);
    if (type !== null) crossings.push({ type, level, value, periodMs, sequence: next.fires });
    return next;
  });
  return { state: { ...start, value, evaluatedAtMs: nowMs, levels }, crossings };
}

/** The state that an evaluation begins with, and the levels that clear because their period has ended. */
function beginPeriod(
  { fingerprint, levels }: Rule,
  known: RuleState | null,
  periodMs: number | null,
  nowMs: number,
): { start: RuleState; ended: Crossing[] } {
  if (known?.periodMs === periodMs) return { start: known, ended: [] };
  const ended = levels.flatMap((level, index): Crossing[] => {
    const state = known?.levels[index];
    if (!known || !state?.isOpen) return [];
    const { periodMs: endedMs } = known;
    return [{ type: 'cleared', level, value: null, periodMs: endedMs, sequence: state.fires }];
  });
  const fresh = levels.map(() => createLevelState(nowMs));
  const start = { fingerprint, periodMs, value: null, evaluatedAtMs: nowMs, levels: fresh };
  return { start, ended };
}

function createLevelState(nowMs: number): LevelState {
  return { state: 'unknown', sinceMs: nowMs, fires: 0, isOpen: false, clearSinceMs: null };
}

function getEventType(before: LevelState, after: LevelState): AlertEventType | null {
  if (after.isOpen === before.isOpen) return null;
  return after.isOpen ? 'fired' : 'cleared';
}

function advanceLevel(
  rule: Rule,
  { threshold }: RuleLevel,
  before: LevelState,
  { nowMs, value, liveValue }: Observation,
): LevelState {
  if (value === null) return before;
  const direction = getDirection(rule.metric);
  if (isBreached(direction, value, threshold)) {
    const firing = withState({ ...before, clearSinceMs: null }, 'firing', nowMs);
    const isLive = liveValue !== null && isBreached(direction, liveValue, threshold);
    return isLive && mayFire(rule, before)
      ? { ...firing, fires: before.fires + 1, isOpen: true }
      : firing;
  }
  if (before.state !== 'firing') return withState(before, 'ok', nowMs);
  if (!isClear(direction, value, threshold)) return { ...before, clearSinceMs: null };
  const clearSinceMs = before.clearSinceMs ?? nowMs;
  if (nowMs - clearSinceMs < CLEAR_AFTER_MS) return { ...before, clearSinceMs };
  return withState({ ...before, clearSinceMs: null, isOpen: false }, 'ok', nowMs);
}

/** Once a calendar period; in a rolling window not before the last event has cleared. */
function mayFire({ window }: Rule, { fires, isOpen }: LevelState): boolean {
  return window.kind === 'calendar' ? fires === 0 : !isOpen;
}

function withState(level: LevelState, state: AlertLevelState, nowMs: number): LevelState {
  return level.state === state ? level : { ...level, state, sinceMs: nowMs };
}
