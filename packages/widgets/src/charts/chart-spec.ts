/** Names of the series colors; `other` is for what is folded together. */
export const SERIES_COLORS = ['1', '2', '3', '4', '5', '6', 'other'] as const;
export type SeriesColor = (typeof SERIES_COLORS)[number];

/** One series of a chart with two axes. */
export interface ChartSeries {
  label: string;
  color: SeriesColor;
  kind: 'line' | 'bar';
  axis: 'left' | 'right';
  /** One value a label; `null` leaves a gap. */
  values: readonly (number | null)[];
  /** Line pattern, which distinguishes series without color. */
  isDotted?: boolean;
  /** Stands on the other stacked series of its axis. */
  isStacked?: boolean;
  /** Light area under the line. */
  isFilled?: boolean;
}

/** A chart over time. */
export interface CartesianSpec {
  kind: 'cartesian';
  /** How many points there are. */
  count: number;
  /** Name of a point; called for the few labels that fit on the axis. */
  labelAt: (index: number) => string;
  /** The points the axis may name, where not any will do, e.g. the hours that begin a day. */
  named?: readonly number[];
  series: readonly ChartSeries[];
  /** Index of the bucket that is still running; drawn dashed or light. */
  unfinishedIndex: number | null;
  formatLeft: (value: number) => string;
  formatRight: (value: number) => string;
  /** Upper end of the left axis, e.g. 1 for a ratio; missing: by the data. */
  leftMax?: number;
  /** Where the left axis begins, if not at zero; for lines only, because bars and areas say their size by it. */
  leftMin?: number;
  /** Whether the left axis counts something: no part of a call can be read off it. */
  isLeftCount: boolean;
  isRtl: boolean;
}

/** Shares of a whole. */
export interface DoughnutSpec {
  kind: 'doughnut';
  labels: readonly string[];
  slices: readonly { label: string; color: SeriesColor; value: number }[];
}

export type ChartSpec = CartesianSpec | DoughnutSpec;
