import type { ChartConfiguration } from 'chart.js';
import type { DoughnutSpec } from './chart-spec.js';
import type { ChartTheme } from './chart-theme.js';

/** Chart.js configuration of a doughnut; gaps of the surface's color keep slices apart without color. */
export function toDoughnutConfig(
  spec: DoughnutSpec,
  theme: ChartTheme,
): ChartConfiguration<'doughnut'> {
  return {
    type: 'doughnut',
    data: {
      labels: [...spec.labels],
      datasets: [
        {
          data: spec.slices.map(({ value }) => value),
          backgroundColor: spec.slices.map(({ color }) => theme.series[color]),
          borderColor: theme.surface,
          borderWidth: 2,
          hoverOffset: 4,
        },
      ],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      events: [],
      cutout: '68%',
      layout: { padding: 4 },
    },
  };
}
