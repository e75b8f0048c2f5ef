import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { CartesianSpec, ChartSeries } from './chart-spec.js';
import type { ChartTheme } from './chart-theme.js';

const UNFINISHED_DASH = [4, 4];
const DOTTED = [2, 3];
// Light enough for lines to be read over them; the edge on top has the full colour.
const BAR_ALPHA = 0.42;
const UNFINISHED_ALPHA = 0.16;
const FILL_ALPHA = 0.08;
const MANY_POINTS = 60;
const LABEL_SAMPLES = 12;

/** Chart.js configuration of a chart over time; pure, so that it can be tested without a canvas. */
export function toCartesianConfig(
  spec: CartesianSpec,
  theme: ChartTheme,
): ChartConfiguration<'line' | 'bar'> {
  const hasRight = spec.series.some(({ axis }) => axis === 'right');
  return {
    type: 'line',
    data: {
      labels: Array.from({ length: spec.count }, (_, index) => index),
      datasets: spec.series.map((series) => toDataset(series, spec, theme)),
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      // The element handles pointer and keys itself, so that both move the same mark.
      events: [],
      // Beside an axis that runs to the left Chart.js keeps no room for half of the first label.
      layout: { padding: { top: 8, right: spec.isRtl ? 12 : 0 } },
      scales: {
        x: toTimeAxis(spec, theme),
        left: toValueAxis(spec, theme, 'left'),
        ...(hasRight ? { right: toValueAxis(spec, theme, 'right') } : {}),
      },
    },
  };
}

function toDataset(
  series: ChartSeries,
  spec: CartesianSpec,
  theme: ChartTheme,
): ChartDataset<'line' | 'bar', (number | null)[]> {
  const colour = theme.series[series.colour];
  const data = [...series.values];
  if (series.kind === 'bar') {
    return {
      type: 'bar',
      label: series.label,
      data,
      yAxisID: series.axis,
      // Bars stay behind lines.
      order: 1,
      backgroundColor: data.map((_, index) =>
        withAlpha(colour, index === spec.unfinishedIndex ? UNFINISHED_ALPHA : BAR_ALPHA),
      ),
      borderColor: colour,
      borderWidth: { top: 2, right: 0, bottom: 0, left: 0 },
      borderSkipped: false,
      maxBarThickness: 28,
      categoryPercentage: 0.8,
      barPercentage: 0.9,
    };
  }
  const isDense = data.length > MANY_POINTS;
  return {
    type: 'line',
    label: series.label,
    data,
    yAxisID: series.axis,
    order: 0,
    borderColor: colour,
    borderWidth: 2,
    backgroundColor: withAlpha(colour, FILL_ALPHA),
    fill: series.isFilled === true ? 'origin' : false,
    tension: 0.25,
    cubicInterpolationMode: 'monotone',
    borderDash: series.isDotted === true ? DOTTED : [],
    pointRadius: data.map((_, index) => pointRadius(index, spec.unfinishedIndex, isDense, data)),
    pointBackgroundColor: theme.surface,
    pointBorderColor: colour,
    pointHoverRadius: 4.5,
    pointHoverBorderWidth: 2,
    pointHoverBackgroundColor: colour,
    pointHoverBorderColor: theme.surface,
    segment: {
      borderDash: ({ p1DataIndex }) =>
        p1DataIndex === spec.unfinishedIndex ? UNFINISHED_DASH : undefined,
    },
  };
}

function pointRadius(
  index: number,
  unfinishedIndex: number | null,
  isDense: boolean,
  data: readonly (number | null)[],
): number {
  if (index === unfinishedIndex) return 3.5;
  // A value between two gaps has no line; without a point it would be invisible.
  const isAlone = data[index - 1] == null && data[index + 1] == null;
  return isAlone && !isDense ? 2.5 : 0;
}

type Scales = NonNullable<NonNullable<ChartConfiguration<'line' | 'bar'>['options']>['scales']>;
type Axis = NonNullable<Scales[string]>;

function toTimeAxis(spec: CartesianSpec, theme: ChartTheme): Axis {
  return {
    type: 'category',
    reverse: spec.isRtl,
    offset: spec.series.some(({ kind }) => kind === 'bar'),
    border: { color: theme.grid },
    grid: { display: false },
    ticks: {
      ...tickStyle(theme),
      callback: (value) => spec.labelAt(Number(value)),
      // The widths of a few labels stand for all: naming 400 points to skip most of them takes longer than drawing them.
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
    ...(axis === 'left' && spec.leftMax !== undefined ? { max: spec.leftMax } : {}),
    ...(axis === 'left' && spec.leftMin !== undefined ? { min: spec.leftMin } : {}),
    border: { display: false },
    // One grid is enough: a second one with other steps makes a weave.
    grid: { display: axis === 'left', color: theme.grid, drawTicks: false },
    ticks: {
      ...tickStyle(theme),
      padding: 8,
      maxTicksLimit: 6,
      callback: (value) => format(Number(value)),
    },
  };
}

function tickStyle({ text, fontFamily, fontSize }: ChartTheme): {
  color: string;
  font: { family: string; size: number };
} {
  return { color: text, font: { family: fontFamily, size: Math.round(fontSize * 0.857) } };
}

/** A computed `rgb(…)` with an opacity; a colour in another space stays as it is rather than turning wrong. */
function withAlpha(colour: string, alpha: number): string {
  const match = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour);
  if (match === null) return colour;
  return `rgba(${match[1]}, ${match[2]}, ${match[3]}, ${alpha})`;
}
