import { SERIES_COLORS, type SeriesColor } from './chart-spec.js';

/** Colors and font of a canvas, resolved: a canvas knows no custom properties. */
export interface ChartTheme {
  series: Readonly<Record<SeriesColor, string>>;
  text: string;
  grid: string;
  surface: string;
  fontFamily: string;
  /** Pixels. */
  fontSize: number;
}

/**
 * Reads the theme off a probe element of the chart's shadow root.
 *
 * A custom property reads as its text, `light-dark(…)` and all; a `color` that uses it reads as the color in force.
 */
export function readChartTheme(probe: HTMLElement): ChartTheme {
  const readColor = (name: string): string => {
    probe.style.setProperty('color', `var(--_${name})`);
    return getComputedStyle(probe).color;
  };
  const series = Object.fromEntries(
    SERIES_COLORS.map((color) => [color, readColor(`series-${color}`)]),
  ) as Record<SeriesColor, string>;
  const text = readColor('muted');
  const grid = readColor('border');
  const surface = readColor('surface');
  const { fontFamily, fontSize } = getComputedStyle(probe);
  return { series, text, grid, surface, fontFamily, fontSize: Number.parseFloat(fontSize) };
}
