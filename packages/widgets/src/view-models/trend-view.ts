import type { Totals, Trends } from '@usage-kit/server-sdk/contract';
import type { CartesianSpec } from '../charts/chart-spec.js';
import type { ChartTable, ChartTableRow } from '../charts/chart-table.js';
import { formatTimeZoneName } from '../format/clock.js';
import { formatBucket, toYearOption } from '../format/date.js';
import type { Localizer } from '../locales/localizer.js';
import { createFigureFormatter } from './figure-formatter.js';
import { LazyTableRow } from './lazy-table-row.js';
import {
  toMetricFigure,
  toMetricNumber,
  getShownMetrics,
  METRICS,
  type Figure,
  type Metric,
  describeUnknownPart,
} from './figure.js';
import { trendMessages } from '../locales/en/trends.js';
import { metricMessages } from '../locales/en/metrics.js';

/** With fewer days the hours say more. */
const MIN_NAMED_DAYS = 3;
/** A day on which clocks go forward by two hours; by more they never do. */
const MIN_DAY_HOURS = 22;
/** From here on a day of the month comes twice. */
const MIN_YEAR_MS = 364 * 86_400_000;

/** One point of a trend ready to show. */
export interface TrendRow {
  readonly label: string;
  /** "so far" while the bucket runs, else empty. */
  readonly note: string;
  readonly totals: Totals;
  readonly figures: Readonly<Record<Metric, Figure>>;
  /** Which sums are of some calls only. */
  readonly notes: readonly string[];
}

/** A trend ready to show. */
export interface TrendView {
  /** What is shown. */
  trends: Trends;
  rows: TrendRow[];
  /** Index of the bucket that was still running when the response was computed. */
  unfinishedIndex: number | null;
  isEmpty: boolean;
}

/** All figures of all points; the bucket that ends after `asOf` is not finished. */
export function toTrendView(trends: Trends, localizer: Localizer): TrendView {
  const { points } = trends;
  const asOfMs = Date.parse(trends.freshness.asOf);
  const lastIndex = findLastBegunIndex(trends);
  const last = points[lastIndex];
  const isRunning = last !== undefined && Date.parse(last.end) > asOfMs;
  const unfinishedIndex = isRunning ? lastIndex : null;
  const toLabel = createLabels(trends, localizer);
  return {
    trends,
    unfinishedIndex,
    isEmpty: points.every(({ totals }) => totals.calls === 0),
    rows: points.map(({ totals }, index) => {
      const note = index === unfinishedIndex ? localizer.t(trendMessages.soFar) : '';
      return new LazyRow(localizer, totals, note, () => toLabel(index));
    }),
  };
}

/**
 * Names of all points, no two alike: with the year where the range has more than one, and the offset of an hour that comes
 * twice, when the clocks go back.
 */
function createLabels(
  { points, granularity, range: { timeZone } }: Trends,
  { formatters }: Localizer,
): (index: number) => string {
  const [first, last] = [points[0]?.start ?? '', points.at(-1)?.start ?? ''];
  const year = first === last ? {} : toYearOption(formatters, first, last, timeZone);
  const toLabel = (index: number, more = {}): string | undefined => {
    const start = points[index]?.start;
    return start && formatBucket(formatters, start, granularity, { timeZone, ...year, ...more });
  };
  return (index) => {
    const label = toLabel(index) ?? '';
    const isTwice =
      granularity === 'hour' && [toLabel(index - 1), toLabel(index + 1)].includes(label);
    return isTwice ? (toLabel(index, { timeZoneName: 'shortOffset' }) ?? '') : label;
  };
}

/** A row that is formatted when it is looked at: of 400 days a chart names a dozen and a tooltip one. */
class LazyRow implements TrendRow {
  readonly totals: Totals;
  readonly note: string;
  readonly #localizer: Localizer;
  readonly #toLabel: () => string;
  #label: string | undefined;
  #figures: TrendRow['figures'] | undefined;

  constructor(localizer: Localizer, totals: Totals, note: string, toLabel: () => string) {
    this.#localizer = localizer;
    this.totals = totals;
    this.note = note;
    this.#toLabel = toLabel;
  }

  get label(): string {
    return (this.#label ??= this.#toLabel());
  }

  get figures(): TrendRow['figures'] {
    this.#figures ??= Object.fromEntries(
      METRICS.map((metric) => [metric, toMetricFigure(this.#localizer, this.totals, metric)]),
    ) as Record<Metric, Figure>;
    return this.#figures;
  }

  get notes(): readonly string[] {
    return getShownMetrics(this.#localizer).flatMap(
      (metric) => describeUnknownPart(this.#localizer, this.totals, metric)?.title ?? [],
    );
  }
}

/** How the axis names the points: hours over several days by the days they begin, all others by themselves. */
export function toTrendAxis(
  { trends, rows }: TrendView,
  { formatters }: Localizer,
): Pick<CartesianSpec, 'labelAt' | 'named'> {
  const { points, granularity } = trends;
  const { timeZone } = trends.range;
  const starts = points.map(({ start }) => Date.parse(start));
  // Shorter than the names of the rows where it can be: an axis that spans a turn of the year is read from left to right.
  const isLong = (starts.at(-1) ?? 0) - (starts[0] ?? 0) >= MIN_YEAR_MS;
  const year = isLong ? ({ year: 'numeric' } as const) : {};
  const dayAt = (atMs: number): string =>
    formatBucket(formatters, new Date(atMs).toISOString(), 'day', { timeZone, ...year });
  const named: number[] = [];
  // Formatting a date is expensive, and 9,600 hours have 400 days: at least 22 hours follow the start of each.
  for (let index = 0; granularity === 'hour' && index < starts.length; index += 1) {
    const atMs = starts[index] ?? 0;
    if (dayAt(atMs) === dayAt(atMs - 1)) continue;
    named.push(index);
    index += MIN_DAY_HOURS - 1;
  }
  if (granularity !== 'day' && named.length < MIN_NAMED_DAYS) {
    return { labelAt: (index) => rows[index]?.label ?? '' };
  }
  if (granularity === 'day') return { labelAt: (index) => dayAt(starts[index] ?? 0) };
  return { labelAt: (index) => dayAt(starts[index] ?? 0), named };
}

/** Values of one figure for drawing; buckets that have not begun are gaps. */
export function toTrendValues(trends: Trends, metric: Metric): (number | null)[] {
  const lastIndex = findLastBegunIndex(trends);
  return trends.points.map(({ totals }, index) =>
    index > lastIndex ? null : toMetricNumber(totals, metric),
  );
}

function findLastBegunIndex({ points, freshness }: Trends): number {
  const asOfMs = Date.parse(freshness.asOf);
  return points.findLastIndex(({ start }) => Date.parse(start) <= asOfMs);
}

/** Summary of a drawn figure for screen readers: range, highest, lowest. */
export function toTrendSummary(
  view: TrendView,
  values: readonly (number | null)[],
  metric: Metric,
  { t }: Localizer,
): string {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  const from = view.rows[0]?.label ?? '';
  const to = view.rows.at(-1)?.label ?? '';
  const first = known[0];
  if (first === undefined)
    return t(trendMessages.trendSummaryEmpty, { metric: t(metricMessages[metric]), from, to });
  const max = known.reduce((best, point) => (point.value > best.value ? point : best), first);
  const min = known.reduce((best, point) => (point.value < best.value ? point : best), first);
  const text = (index: number): string => view.rows[index]?.figures[metric].text ?? '';
  const label = (index: number): string => view.rows[index]?.label ?? '';
  return t(trendMessages.trendSummary, {
    metric: t(metricMessages[metric]),
    from,
    to,
    max: text(max.index),
    maxAt: label(max.index),
    min: text(min.index),
    minAt: label(min.index),
  });
}

/** Rows of the table, one for each point, with the figures that are shown. */
export function toTrendTableRows(view: TrendView, localizer: Localizer): readonly ChartTableRow[] {
  const metrics = getShownMetrics(localizer);
  const format = createFigureFormatter(
    localizer,
    view.rows.map(({ totals }) => totals),
  );
  return view.rows.map(
    (row) => new LazyTableRow(row, () => metrics.map((metric) => format(row.totals, metric))),
  );
}

/** The same numbers as a table; the zone stands with the times it belongs to. */
export function toTrendTable(
  rows: readonly ChartTableRow[],
  { caption, metric }: { caption: string; metric: Metric | null },
  localizer: Localizer,
  timeZone: string,
): ChartTable {
  const { t } = localizer;
  const metrics = getShownMetrics(localizer);
  return {
    caption,
    headings: [
      `${t(trendMessages.trendBucket)} (${formatTimeZoneName(timeZone)})`,
      ...metrics.map((metric) => t(metricMessages[metric])),
    ],
    chosen: metric && metrics.indexOf(metric),
    rows,
  };
}
