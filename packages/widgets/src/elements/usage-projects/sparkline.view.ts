import type {
  ProjectItem,
  SparklineMetric,
  SparklinePoints,
  SparklineValue,
  Totals,
} from '@usage-kit/server-sdk/contract';
import { toYearOption } from '../../format/date.js';
import { metricMessages } from '../../locales/en/metrics.js';
import { sparklineMessages } from '../../locales/en/sparklines.js';
import type { Localizer } from '../../locales/localizer.js';
import { toMetricFigure } from '../../view-models/figure.js';

/** Where lines are drawn: a box of so many units, with room for half a stroke at its edges. */
export const BOX = { width: 64, height: 20, inset: 2 } as const;

/** A line ready to draw. */
export interface SparklineView {
  /** The known stretches as path data; a gap where a value is not known. */
  line: string;
  /** The same, closed at the bottom. */
  area: string;
  /** The largest value, in units of the box; `null` where all are the same. */
  peak: { x: number; y: number } | null;
  /** What the line shows, in words. */
  text: string;
}

/**
 * The sparkline of a project, to its own scale from zero.
 *
 * @returns `null` where the response has none, e.g. that of an older server, or not a value for each point
 */
export function toSparklineView(
  localizer: Localizer,
  { sparkline, totals }: ProjectItem,
  { metric, points }: SparklinePoints,
  timeZone: string,
): SparklineView | null {
  if (!Array.isArray(sparkline) || sparkline.length !== points.length) return null;
  const values = sparkline.map((value) => (value === null ? null : Number(value)));
  const known = values.flatMap((value) => value ?? []);
  const [max, min] = [Math.max(0, ...known), Math.min(...known)];
  const at = toPlace(points.length, max);
  const stretches = toStretches(
    values.map((value, index) => (value === null ? null : at(value, index))),
  );
  const peakIndex = values.indexOf(max);
  const isConstant = known.length === values.length && max === min;
  const peak = known.length === 0 || isConstant ? null : at(max, peakIndex);
  return {
    line: stretches.map((places) => toPath(places)).join(''),
    area: stretches.map((places) => toArea(places)).join(''),
    peak,
    text: describe(),
  };

  function describe(): string {
    const { t } = localizer;
    const name = t(metricMessages[metric]);
    if (known.length === 0) return t(sparklineMessages.sparklineUnknown, { metric: name });
    const value = formatValue(
      localizer,
      totals,
      metric,
      sparkline?.[Math.max(peakIndex, 0)] ?? null,
    );
    if (isConstant) return t(sparklineMessages.sparklineConstant, { metric: name, value });
    const when = formatPoint(localizer, points, peakIndex, timeZone);
    return t(sparklineMessages.sparklineHighest, { metric: name, when, value });
  }
}

interface Place {
  x: number;
  y: number;
}

/** Where a value of a point is drawn. A single point is in the middle. */
function toPlace(length: number, max: number): (value: number, index: number) => Place {
  const { width, height, inset } = BOX;
  const round = (value: number): number => Math.round(value * 100) / 100;
  return (value, index) => ({
    x: round(length === 1 ? width / 2 : inset + (index / (length - 1)) * (width - 2 * inset)),
    y: round(height - inset - (max === 0 ? 0 : (value / max) * (height - 2 * inset))),
  });
}

/** Places that follow each other without a gap. */
function toStretches(places: readonly (Place | null)[]): Place[][] {
  const stretches: Place[][] = [[]];
  for (const place of places) {
    if (place === null) stretches.push([]);
    else stretches.at(-1)?.push(place);
  }
  return stretches.filter(({ length }) => length > 0);
}

/** A stretch of one place is a short dash: a line without length has no look. */
function toPath(places: readonly Place[]): string {
  const [first] = places;
  if (first === undefined) return '';
  const { x, y } = first;
  if (places.length === 1) return `M${x - 1} ${y}H${x + 1}`;
  return `M${places.map((place) => `${place.x} ${place.y}`).join('L')}`;
}

function toArea(places: readonly Place[]): string {
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined || places.length === 1) return '';
  const bottom = BOX.height - BOX.inset;
  return `${toPath(places)}L${last.x} ${bottom}L${first.x} ${bottom}Z`;
}

/** A point's value with all digits, as the figure of its column. */
function formatValue(
  localizer: Localizer,
  totals: Totals,
  metric: SparklineMetric,
  value: SparklineValue,
): string {
  const field = metric === 'tokens' ? 'totalTokens' : metric;
  const known = { unknownTokenCalls: 0, unknownCreditCalls: 0, unpricedCalls: 0 };
  return toMetricFigure(localizer, { ...totals, ...known, [field]: value }, metric).title;
}

/** `3 Nov`, `3 – 9 Nov` or `3 Nov, 14:00`, in the viewer's zone; with the year where the points are of two. */
function formatPoint(
  { formatters }: Localizer,
  points: SparklinePoints['points'],
  index: number,
  timeZone: string,
): string {
  const [point, last] = [points[index], points.at(-1)];
  if (point === undefined || last === undefined) return '';
  const year = toYearOption(formatters, points[0]?.start ?? point.start, last.end, timeZone);
  const date = { ...year, month: 'short', day: 'numeric', timeZone } as const;
  const [start, end] = [new Date(point.start), new Date(Date.parse(point.end) - 1)];
  const isPartOfDay = Date.parse(last.end) - Date.parse(points[0]?.start ?? last.end) < 8 * DAY_MS;
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return isPartOfDay
    ? formatters.date({ ...date, ...time }).format(start)
    : formatters.date(date).formatRange(start, end);
}

const DAY_MS = 86_400_000;
