/** All that draws: Chart.js and what makes its configurations; loaded when a chart first comes into view. */
export { toCartesianConfig } from './cartesian-config.js';
export { readChartTheme, type ChartTheme } from './chart-theme.js';
export { toDoughnutConfig } from './doughnut-config.js';
export { findNearestDrawn, toDrawnPoints } from './drawn-points.js';
export { registerChart } from './register-chart.js';
