import { Temporal } from 'temporal-polyfill';
import type { AlertWindow } from '../../src/index.js';

/*
 * Alert rules computed from all calls and the balance, without aggregates, stored states or SQL: what the model check compares
 * with. Levels in credits, with whole amounts.
 */

/** A call as the reference knows it. */
export interface ReferenceCall {
  appDid: string;
  startedAt: number;
  credits: number;
  /** Whether its first record was a day late or more, or imported. */
  isBackdated: boolean;
  /** Credits of that first record. */
  firstCredits: number;
}

/** A rule: credits of a project or of all, or what remains of the quota. */
export interface ReferenceRule {
  id: string;
  metric: 'credits' | 'remaining';
  appDid: string | null;
  window: AlertWindow;
  levels: readonly number[];
}

interface Level {
  isFiring: boolean;
  isOpen: boolean;
  fires: number;
  clearSince: number | null;
}

const HOUR_MS = 3_600_000;

/** Start of a window's period, by the calendar of its zone. */
function startOf(window: AlertWindow, now: number): number {
  if (window.kind === 'rolling') {
    return Math.floor(now / 900_000) * 900_000 - window.hours * HOUR_MS;
  }
  let day = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(window.timeZone)
    .startOfDay();
  if (window.unit === 'week') while (day.dayOfWeek !== 1) day = day.subtract({ days: 1 });
  if (window.unit === 'month') while (day.day !== 1) day = day.subtract({ days: 1 });
  return day.startOfDay().epochMilliseconds;
}

/** All rules of a user. */
export class ReferenceAlerts {
  readonly events: string[] = [];
  readonly #levels = new Map<string, Level[]>();
  readonly #periods = new Map<string, number>();

  constructor(readonly rules: readonly ReferenceRule[]) {}

  /** @param remaining of the quota; `null`: its provider does not respond */
  evaluate(calls: ReadonlyMap<string, ReferenceCall>, remaining: number | null, now: number): void {
    for (const rule of this.rules) {
      const start = startOf(rule.window, now);
      const levels = this.#beginPeriod(rule, start);
      const seen = rule.metric === 'credits' ? sum(rule, [...calls.values()], start, now) : null;
      const value = seen === null ? remaining : seen.value;
      // A missing value holds what is.
      if (value === null) continue;
      for (const [index, level] of levels.entries()) {
        const threshold = rule.levels[index] ?? 0;
        const type = changeLevel(rule, level, { threshold, value, live: seen?.live ?? value, now });
        if (type !== null) this.#note(rule, index, type, start);
      }
    }
  }

  #beginPeriod(rule: ReferenceRule, start: number): Level[] {
    const known = this.#levels.get(rule.id);
    const period = this.#periods.get(rule.id) ?? start;
    this.#periods.set(rule.id, start);
    if (known && (rule.window.kind === 'rolling' || period === start)) return known;
    for (const [index, level] of (known ?? []).entries()) {
      if (level.isOpen) this.#note(rule, index, 'cleared', period);
    }
    const levels = rule.levels.map(createLevel);
    this.#levels.set(rule.id, levels);
    return levels;
  }

  #note(rule: ReferenceRule, index: number, type: string, period: number): void {
    const named = rule.window.kind === 'calendar' ? period : '-';
    this.events.push(`${rule.id} ${type} ${rule.levels[index] ?? ''} ${named}`);
  }
}

/** Credits since the start of a period, and those that were neither back-dated nor imported. */
function sum(
  { appDid: project }: ReferenceRule,
  calls: readonly ReferenceCall[],
  start: number,
  now: number,
): { value: number; live: number } {
  const counted = calls.filter(
    ({ appDid, startedAt }) =>
      startedAt >= start && startedAt <= now && (project ?? appDid) === appDid,
  );
  const value = counted.reduce((total, { credits }) => total + credits, 0);
  const backdated = counted.filter(({ isBackdated }) => isBackdated);
  const live = value - backdated.reduce((total, { firstCredits }) => total + firstCredits, 0);
  return { value, live };
}

interface Seen {
  threshold: number;
  value: number;
  live: number;
  now: number;
}

/** Changes a level by what is seen. @returns the event that it makes */
function changeLevel(
  { window, metric }: ReferenceRule,
  level: Level,
  { threshold, value, live, now }: Seen,
): 'fired' | 'cleared' | null {
  const isReached = (amount: number): boolean =>
    metric === 'credits' ? amount >= threshold : amount <= threshold;
  const isFar = metric === 'credits' ? value * 10 < threshold * 9 : value * 10 > threshold * 11;
  if (isReached(value)) {
    Object.assign(level, { isFiring: true, clearSince: null });
    const mayFire = window.kind === 'calendar' ? level.fires === 0 : !level.isOpen;
    if (!isReached(live) || !mayFire) return null;
    Object.assign(level, { isOpen: true, fires: level.fires + 1 });
    return 'fired';
  }
  if (!level.isFiring || !isFar) {
    level.clearSince = null;
    return null;
  }
  level.clearSince ??= now;
  if (now - level.clearSince < 60_000) return null;
  const { isOpen } = level;
  Object.assign(level, { isFiring: false, isOpen: false, clearSince: null });
  return isOpen ? 'cleared' : null;
}

function createLevel(): Level {
  return { isFiring: false, isOpen: false, fires: 0, clearSince: null };
}
