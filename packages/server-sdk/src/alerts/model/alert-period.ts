import { LRUCache } from 'lru-cache';
import { Temporal } from 'temporal-polyfill';
import type { AlertWindow, CalendarWindow } from '../../contract/alerts.js';
import { HOUR_MS, QUARTER_HOUR_MS, floorTo } from '../../values/time.js';

/** The calls that a window counts at an instant. */
export interface AlertPeriod {
  /** Epoch ms. */
  fromMs: number;
  /** End of a calendar period, epoch ms; `null` for rolling windows, which end now. */
  toMs: number | null;
}

/** A calendar period. */
export interface CalendarPeriod extends AlertPeriod {
  toMs: number;
}

/**
 * The period of a window at an instant. Days begin at the first instant of the local date, also where clocks change at
 * midnight. Rolling windows begin at a full quarter of an hour, for which there are aggregates.
 */
export function getPeriod(window: AlertWindow, nowMs: number): AlertPeriod {
  if (window.kind === 'calendar') return getCalendarPeriod(window, nowMs);
  return { fromMs: floorTo(QUARTER_HOUR_MS, nowMs) - window.hours * HOUR_MS, toMs: null };
}

const STEPS = { day: { days: 1 }, week: { days: 7 }, month: { months: 1 } };

/** The last periods that were computed: a calendar takes a tenth of a millisecond, and rules share few periods. */
const periods = new LRUCache<string, CalendarPeriod>({ max: 500 });

/** The calendar period that an instant is in. */
export function getCalendarPeriod(window: CalendarWindow, nowMs: number): CalendarPeriod {
  const key = `${window.unit} ${window.timeZone}`;
  const known = periods.get(key);
  if (known && known.fromMs <= nowMs && nowMs < known.toMs) return known;
  const period = computePeriod(window, nowMs);
  periods.set(key, period);
  return period;
}

function computePeriod({ unit, timeZone }: CalendarWindow, nowMs: number): CalendarPeriod {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  const first = findFirstDay(unit, today);
  const toMs = (date: Temporal.PlainDate): number =>
    date.toZonedDateTime(timeZone).epochMilliseconds;
  return { fromMs: toMs(first), toMs: toMs(first.add(STEPS[unit])) };
}

function findFirstDay(unit: CalendarWindow['unit'], today: Temporal.PlainDate): Temporal.PlainDate {
  if (unit === 'month') return today.with({ day: 1 });
  return unit === 'week' ? today.subtract({ days: today.dayOfWeek - 1 }) : today;
}
