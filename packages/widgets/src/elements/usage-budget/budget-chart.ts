import { html, nothing, svg, type TemplateResult } from 'lit';
import type { BudgetChartView } from './usage-budget.view.js';

const WIDTH = 400;
const HEIGHT = 96;
const MIDDLE = 2;

/** What is spent by day as a line, the budget as a dashed one, the projection with its interval as a wedge. */
export function renderBudgetChart(view: BudgetChartView): TemplateResult {
  const { label, points, limit, projection } = view;
  const last = points.at(-1) ?? { x: 0, y: 0 };
  const at = (x: number, y: number): string =>
    `${(x * WIDTH).toFixed(1)},${(HEIGHT - y * HEIGHT).toFixed(1)}`;
  const limitY = HEIGHT - limit * HEIGHT;
  return html`<svg
    class="chart"
    part="chart"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    preserveAspectRatio="none"
    role="img"
    aria-label=${label}
  >
    ${
      projection === null
        ? nothing
        : svg`<polygon class="interval" points="${at(last.x, last.y)} ${at(1, projection.lowest)} ${at(1, projection.highest)}"></polygon>
          <polyline class="likely" points="${at(last.x, last.y)} ${at(1, projection.amount)}"></polyline>`
    }
    ${svg`<line class="limit" x1="0" x2=${WIDTH} y1=${limitY} y2=${limitY}></line>
      <polyline class="spending" points=${points.map(({ x, y }) => at(x, y)).join(' ')}></polyline>
      <circle class="now" cx=${last.x * WIDTH} cy=${HEIGHT - last.y * HEIGHT} r=${MIDDLE}></circle>`}
  </svg>`;
}
