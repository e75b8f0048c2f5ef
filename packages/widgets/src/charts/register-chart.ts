import {
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  DoughnutController,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
} from 'chart.js';

/**
 * Chart.js with exactly the parts that the configurations use; tooltips and legends are HTML of the elements.
 *
 * Imported lazily, when a chart comes into view. A function, not an effect of importing: bundlers drop those from a
 * package that declares its side effects.
 */
export function registerChart(): typeof Chart {
  Chart.register(
    ArcElement,
    BarController,
    BarElement,
    CategoryScale,
    DoughnutController,
    Filler,
    LinearScale,
    LineController,
    LineElement,
    PointElement,
  );
  return Chart;
}
