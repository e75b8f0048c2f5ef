import type { Activity, ActivityCell } from '@usage-kit/server-sdk/contract';
import type { ChartTable } from '../../charts/chart-table.js';
import { formatTimeZoneName } from '../../format/clock.js';
import { activityMessages } from '../../locales/en/activity.js';
import { metricMessages } from '../../locales/en/metrics.js';
import type { Localizer } from '../../locales/localizer.js';
import { createFigureFormatter } from '../../view-models/figure-formatter.js';
import { toMetricFigure, toMetricNumber, type Metric } from '../../view-models/figure.js';

/** Shades above none. */
export const LEVELS = [1, 2, 3, 4, 5] as const;

/** An hour of a weekday. */
export interface HeatCell {
  /** 0: nothing, or not known; 5: near the highest. */
  level: number;
  /** `Monday, 09:00 – 10:00`. */
  hours: string;
  /** The figure with its name, and the calls where it is another one. */
  text: string;
}

/** A day of the week. */
export interface HeatRow {
  label: string;
  title: string;
  cells: HeatCell[];
}

/** The week, ready to show. */
export interface HeatView {
  rows: HeatRow[];
  /** Labels of every sixth hour. */
  ticks: string[];
  /** Figures of the lightest and the darkest shade. */
  min: string;
  max: string;
  /** The hour with the highest figure; `null` where none is known. */
  highest: HeatCell | null;
  /** What the week shows, for screen readers. */
  summary: string;
}

const HOURS = 24;
/** Hours between two labels. */
export const TICK_HOURS = 6;
/** A Monday. */
const MONDAY_MS = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The figure of each hour of the week. */
export function toHeatView({ cells }: Activity, metric: Metric, localizer: Localizer): HeatView {
  const scale = toScale(cells, metric);
  const highest = cells.reduce<ActivityCell | null>(
    (top, cell) =>
      (toMetricNumber(cell.totals, metric) ?? 0) >
      (top === null ? 0 : (toMetricNumber(top.totals, metric) ?? 0))
        ? cell
        : top,
    null,
  );
  const toCell = (cell: ActivityCell): HeatCell => toHeatCell(cell, metric, scale, localizer);
  const { t } = localizer;
  const name = t(metricMessages[metric]);
  const valueOf = (cell: ActivityCell): string =>
    toMetricFigure(localizer, cell.totals, metric).text;
  const top = highest && toCell(highest);
  return {
    rows: listWeekdays(localizer).map((weekday) => ({
      label: nameWeekday(localizer, weekday, 'short'),
      title: nameWeekday(localizer, weekday, 'long'),
      cells: cells.filter((cell) => cell.weekday === weekday).map(toCell),
    })),
    ticks: Array.from({ length: HOURS / TICK_HOURS }, (_, index) =>
      nameHour(localizer, index * TICK_HOURS),
    ),
    min: scale.min === 0 || highest === null ? '0' : formatRatioBound(localizer, scale.min),
    max: highest === null ? '0' : valueOf(highest),
    highest: top,
    summary:
      highest === null
        ? t(activityMessages.activitySummaryEmpty, { metric: name })
        : t(activityMessages.activitySummary, {
            metric: name,
            hours: top?.hours ?? '',
            value: valueOf(highest),
          }),
  };
}

interface Scale {
  min: number;
  max: number;
}

/** From zero, except for a rate: from the ten percent below the worst hour, as on the axis of a trend. */
function toScale(cells: readonly ActivityCell[], metric: Metric): Scale {
  const values = cells.flatMap(({ totals }) => toMetricNumber(totals, metric) ?? []);
  if (metric !== 'successRate') return { min: 0, max: Math.max(0, ...values) };
  return { min: Math.floor(Math.min(0.99, ...values) * 10) / 10, max: 1 };
}

function toHeatCell(
  { weekday, hour, totals }: ActivityCell,
  metric: Metric,
  { min, max }: Scale,
  localizer: Localizer,
): HeatCell {
  const { t } = localizer;
  const value = toMetricNumber(totals, metric);
  const isNothing = value === null || max === min || (value === 0 && min === 0);
  const part = isNothing ? 0 : (value - min) / (max - min);
  const say = (each: Metric): string =>
    `${t(metricMessages[each])} ${toMetricFigure(localizer, totals, each).text}`;
  return {
    level: isNothing ? 0 : Math.min(LEVELS.length, Math.max(1, Math.ceil(part * LEVELS.length))),
    hours: t(activityMessages.activityHours, {
      day: nameWeekday(localizer, weekday, 'long'),
      from: nameHour(localizer, hour),
      to: nameHour(localizer, hour + 1),
    }),
    text: metric === 'calls' ? say(metric) : `${say(metric)} · ${say('calls')}`,
  };
}

/** Hours below each other, days next to each other. */
export function toHeatTable(
  { cells, range }: Activity,
  metric: Metric,
  localizer: Localizer,
): ChartTable {
  const { t } = localizer;
  const weekdays = listWeekdays(localizer);
  const format = createFigureFormatter(
    localizer,
    cells.map(({ totals }) => totals),
  );
  return {
    caption: `${t(metricMessages[metric])} (${formatTimeZoneName(range.timeZone)})`,
    headings: [
      t(activityMessages.activityHour),
      ...weekdays.map((weekday) => nameWeekday(localizer, weekday, 'short')),
    ],
    chosen: null,
    rows: Array.from({ length: HOURS }, (_, hour) => ({
      label: nameHour(localizer, hour),
      note: '',
      figures: weekdays.flatMap((weekday) =>
        cells
          .filter((cell) => cell.weekday === weekday && cell.hour === hour)
          .map(({ totals }) => format(totals, metric)),
      ),
    })),
  };
}

/** Days of the week in the order of the language, 1 is Monday. */
export function listWeekdays({ locale }: Pick<Localizer, 'locale'>): number[] {
  const first = findFirstWeekday(locale);
  return Array.from({ length: 7 }, (_, index) => ((first + index - 1) % 7) + 1);
}

interface WeekInfo {
  firstDay?: number;
}

/** Monday where the browser does not know. */
function findFirstWeekday(locale: string): number {
  try {
    const { getWeekInfo, weekInfo } = new Intl.Locale(locale) as Intl.Locale & {
      getWeekInfo?: () => WeekInfo;
      weekInfo?: WeekInfo;
    };
    return getWeekInfo?.call(new Intl.Locale(locale)).firstDay ?? weekInfo?.firstDay ?? 1;
  } catch {
    return 1;
  }
}

function nameWeekday({ formatters }: Localizer, weekday: number, form: 'short' | 'long'): string {
  return formatters
    .date({ weekday: form, timeZone: 'UTC' })
    .format(MONDAY_MS + (weekday - 1) * DAY_MS);
}

/** `09:00`; 24 is the midnight after 23. */
function nameHour({ formatters }: Localizer, hour: number): string {
  return formatters
    .date({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' })
    .format(MONDAY_MS + hour * HOUR_MS);
}

function formatRatioBound({ formatters }: Localizer, ratio: number): string {
  return formatters.number({ style: 'percent', maximumFractionDigits: 0 }).format(ratio);
}
