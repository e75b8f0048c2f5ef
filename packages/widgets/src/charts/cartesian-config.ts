import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { CartesianSpec, ChartSeries } from './chart-spec.js';
import type { ChartTheme } from './chart-theme.js';
import { findFill } from './find-fill.js';

const UNFINISHED_DASH = [4, 4];
const DOTTED = [2, 3];
// Light enough for lines to be read over them; the edge on top has the full color.
const BAR_ALPHA = 0.42;
const UNFINISHED_ALPHA = 0.16;
const FILL_ALPHA = 0.08;
// Stacked areas and bars have no line behind them, and touch one another.
const STACK_ALPHA = 0.82;
const UNFINISHED_STACK_ALPHA = 0.4;
// From here on points are a few pixels apart: straight lines say the same as curves, and areas as bars, in half the time.
const MANY_POINTS = 60;
const MANY_BARS = 120;
const LABEL_SAMPLES = 12;

/**
 * Chart.js configuration of a chart over time; pure, so that it can be tested without a canvas.
 *
 * `drawn` are the points to draw. The one that is not finished is a separate dataset, after those of all series, because
 * options that differ from point to point are resolved for each of them: with 400 points that takes longer than drawing.
 */
export function toCartesianConfig(
  spec: CartesianSpec,
  theme: ChartTheme,
  drawn: readonly number[],
): ChartConfiguration<'line' | 'bar', Values> {
  const hasRight = spec.series.some(({ axis }) => axis === 'right');
  const unfinished = spec.unfinishedIndex === null ? -1 : drawn.indexOf(spec.unfinishedIndex);
  const shown = spec.series.map((series) => toShown(series, drawn.length));
  const finished = shown.map((series) => toDataset(series, theme, drawn, unfinished));
  const fills = shown.map((_, index) => findFill(shown, index, drawn, MANY_POINTS));
  const fill = (dataset: Dataset, index: number): Dataset => {
    const target = fills[index % shown.length] ?? false;
    const first = index - (index % shown.length);
    return { ...dataset, fill: typeof target === 'number' ? target + first : target };
  };
  return {
    type: 'line',
    data: {
      labels: drawn.map((_, position) => position),
      datasets: (unfinished === -1
        ? finished
        : [...finished, ...shown.map((series) => toUnfinished(series, theme, drawn, unfinished))]
      ).map(fill),
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      // The element handles pointer and keys itself, so that both move the same active point.
      events: [],
      // Next to an axis that runs to the left Chart.js reserves no space for half of its first and of its last label.
      layout: { padding: { top: 8, right: spec.isRtl ? 12 : 0, left: spec.isRtl ? 12 : 0 } },
      scales: {
        x: toTimeAxis(spec, theme, drawn),
        left: toValueAxis(spec, theme, 'left'),
        ...(hasRight ? { right: toValueAxis(spec, theme, 'right') } : {}),
      },
    },
  };
}

/** Positions among the drawn points, and values. */
type Values = (number | null | { x: number; y: number | null })[];
type Dataset = ChartDataset<'line' | 'bar', Values>;

function toShown(series: ChartSeries, count: number): ChartSeries {
  if (series.kind === 'line' || count <= MANY_BARS) return series;
  return { ...series, kind: 'line', isFilled: true };
}

function toDataset(
  series: ChartSeries,
  theme: ChartTheme,
  drawn: readonly number[],
  unfinished: number,
): Dataset {
  const data = drawn.map((index, position) =>
    position === unfinished ? null : (series.values[index] ?? null),
  );
  if (series.kind === 'bar') {
    return { ...toBarStyle(series, theme, series.isStacked ? STACK_ALPHA : BAR_ALPHA), data };
  }
  const isDense = data.length > MANY_POINTS;
  // A value between two gaps has no line; without a point it would be invisible.
  const isIsolated = (value: number | null, position: number): boolean =>
    value !== null && data[position - 1] == null && data[position + 1] == null;
  const hasIsolated = !isDense && data.some(isIsolated);
  return {
    ...toLineStyle(series, theme, drawn.length > MANY_POINTS),
    data,
    borderDash: series.isDotted === true ? DOTTED : [],
    pointRadius: hasIsolated
      ? data.map((value, position) => (isIsolated(value, position) ? 2.5 : 0))
      : 0,
  };
}

/** The last point, light or at the end of a dashed line. */
function toUnfinished(
  series: ChartSeries,
  theme: ChartTheme,
  drawn: readonly number[],
  unfinished: number,
): Dataset {
  const pointAt = (position: number): { x: number; y: number | null } => ({
    x: position,
    y: series.values[drawn[position] ?? -1] ?? null,
  });
  if (series.kind === 'bar') {
    const alpha = series.isStacked ? UNFINISHED_STACK_ALPHA : UNFINISHED_ALPHA;
    return {
      ...toBarStyle(series, theme, alpha),
      ...toStack(series, true),
      data: [pointAt(unfinished)],
    };
  }
  return {
    ...toLineStyle(series, theme, drawn.length > MANY_POINTS),
    ...toStack(series, true),
    data: unfinished === 0 ? [pointAt(0)] : [pointAt(unfinished - 1), pointAt(unfinished)],
    borderDash: UNFINISHED_DASH,
    pointRadius: unfinished === 0 ? 3.5 : [0, 3.5],
  };
}

function toBarStyle(
  series: ChartSeries,
  theme: ChartTheme,
  alpha: number,
): Omit<ChartDataset<'bar', Values>, 'data'> {
  const color = theme.series[series.color];
  return {
    type: 'bar',
    label: series.label,
    yAxisID: series.axis,
    // Bars stay behind lines, and the one that is not finished in its own place.
    order: 1,
    grouped: false,
    ...toStack(series),
    backgroundColor: withAlpha(color, alpha),
    // A gap between the parts of a stack keeps them apart without color.
    borderColor: series.isStacked ? theme.surface : color,
    borderWidth: { top: series.isStacked ? 1 : 2, right: 0, bottom: 0, left: 0 },
    borderSkipped: false,
    maxBarThickness: 28,
    categoryPercentage: 0.8,
    barPercentage: 0.9,
  };
}

function toLineStyle(
  series: ChartSeries,
  theme: ChartTheme,
  isDense: boolean,
): Omit<ChartDataset<'line', Values>, 'data'> {
  const color = theme.series[series.color];
  return {
    type: 'line',
    label: series.label,
    yAxisID: series.axis,
    order: 0,
    ...toStack(series),
    borderColor: series.isStacked ? theme.surface : color,
    borderWidth: series.isStacked ? 1 : 2,
    backgroundColor: withAlpha(color, series.isStacked ? STACK_ALPHA : FILL_ALPHA),
    ...(isDense ? { tension: 0 } : { tension: 0.25, cubicInterpolationMode: 'monotone' }),
    pointBackgroundColor: theme.surface,
    pointBorderColor: color,
    pointHoverRadius: 4.5,
    pointHoverBorderWidth: 2,
    pointHoverBackgroundColor: color,
    pointHoverBorderColor: theme.surface,
  };
}

/**
 * Those that are not stacked are each a separate stack, because an axis stacks all or none. What is not finished stands
 * next to the last finished point once more, therefore not on it.
 */
function toStack({ isStacked, label }: ChartSeries, isUnfinished = false): { stack: string } {
  return { stack: `${isUnfinished ? 'unfinished' : 'finished'} ${isStacked ? '' : label}` };
}

type Scales = NonNullable<NonNullable<ChartConfiguration<'line' | 'bar'>['options']>['scales']>;
type Axis = NonNullable<Scales[string]>;

function toTimeAxis(spec: CartesianSpec, theme: ChartTheme, drawn: readonly number[]): Axis {
  return {
    type: 'category',
    reverse: spec.isRtl,
    offset: drawn.length <= MANY_BARS && spec.series.some(({ kind }) => kind === 'bar'),
    border: { color: theme.grid },
    grid: { display: false },
    afterBuildTicks: (axis) => {
      const named = axis.ticks.filter(({ value }) => spec.named?.includes(drawn[value] ?? -1));
      if (named.length > 0) axis.ticks = named;
    },
    ticks: {
      ...toTickStyle(theme),
      callback: (position) => spec.labelAt(drawn[Number(position)] ?? -1),
      // The widths of a few labels are a sample for all: formatting 400 labels to skip most takes longer than drawing them.
      sampleSize: LABEL_SAMPLES,
      autoSkip: true,
      autoSkipPadding: 24,
      maxRotation: 0,
    },
  };
}

function toValueAxis(spec: CartesianSpec, theme: ChartTheme, axis: 'left' | 'right'): Axis {
  const format = axis === 'left' ? spec.formatLeft : spec.formatRight;
  const isAtStart = (axis === 'left') !== spec.isRtl;
  return {
    type: 'linear',
    position: isAtStart ? 'left' : 'right',
    beginAtZero: true,
    stacked: spec.series.some((series) => series.axis === axis && series.isStacked),
    ...(axis === 'left' && spec.leftMax !== undefined ? { max: spec.leftMax } : {}),
    ...(axis === 'left' && spec.leftMin !== undefined ? { min: spec.leftMin } : {}),
    border: { display: false },
    // One grid is enough: a second one with other steps makes a weave.
    grid: { display: axis === 'left', color: theme.grid, drawTicks: false },
    ticks: {
      ...toTickStyle(theme),
      padding: 8,
      maxTicksLimit: 6,
      ...(axis === 'left' && spec.isLeftCount ? { precision: 0 } : {}),
      callback: (value) => format(Number(value)),
    },
  };
}

function toTickStyle({ text, fontFamily, fontSize }: ChartTheme): {
  color: string;
  font: { family: string; size: number };
} {
  return { color: text, font: { family: fontFamily, size: Math.round(fontSize * 0.857) } };
}

/** A computed color with an opacity; in another space than `rgb(…)`, as themes have them, by the canvas. */
function withAlpha(color: string, alpha: number): string {
  const match = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(color);
  if (match === null) return `color-mix(in srgb, ${color} ${alpha * 100}%, transparent)`;
  return `rgba(${match[1]}, ${match[2]}, ${match[3]}, ${alpha})`;
}
