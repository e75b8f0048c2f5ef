import { html, nothing, svg, type TemplateResult } from 'lit';
import { renderRuleHead } from '../../rules/render-rule.js';
import * as icons from '../../templates/icons.js';
import type { BudgetChartView, BudgetView } from './usage-budget.view.js';

/** A budget: its name and state, what is spent of the amount, the chart, and what will be. */
export function renderBudget(view: BudgetView): TemplateResult {
  const { tone, state, enforced, spent, amount, metric, share, projection, interval } = view;
  return html`${renderRuleHead(view, state, tone)}
    <div class="rule-line">
      <span
        ><span class="rule-value" part="spent">${spent}</span> ${amount}
        <span class="muted">${metric}</span></span
      >
      <span class="share ${tone}">${share}</span>
    </div>
    ${renderChart(view.chart)}
    <p part="projection">
      ${projection}${interval === '' ? nothing : html` <span class="muted">(${interval})</span>`}
    </p>
    <p class="quiet-line">${view.watched}</p>
    ${
      enforced === null
        ? nothing
        : html`<p class="quiet-line enforced">${icons.lock(14)}${enforced}</p>`
    }`;
}

const SIZE = 100;
const DOT = 3.5;
const percent = (part: number): string => `${(part * SIZE).toFixed(2)}%`;

/**
 * What is spent by day as a line, the budget as a dashed one with its name, the projection with its interval as a wedge. Lines
 * are stretched to the width; the dot and the name, which must not be, are placed in percent.
 */
function renderChart(view: BudgetChartView): TemplateResult {
  const { label, points, limit, limitText, projection, firstDay, lastDay } = view;
  const last = points.at(-1) ?? { x: 0, y: 0 };
  const at = (x: number, y: number): string =>
    `${(x * SIZE).toFixed(2)},${(SIZE - y * SIZE).toFixed(2)}`;
  const line = points.map(({ x, y }) => at(x, y)).join(' ');
  const now = at(last.x, last.y);
  const limitY = percent(1 - limit);
  return html`<svg class="chart" part="chart" role="img" aria-label=${label}>
      <svg viewBox="0 0 ${SIZE} ${SIZE}" preserveAspectRatio="none">
        <polygon class="area" points="${line} ${at(last.x, 0)} ${at(0, 0)}"></polygon>
        ${
          projection === null
            ? nothing
            : svg`<polygon class="interval" points="${now} ${at(1, projection.lowest)} ${at(1, projection.highest)}"></polygon>
              <polyline class="likely" points="${now} ${at(1, projection.amount)}"></polyline>`
        }
        <polyline class="spending" points=${line}></polyline>
      </svg>
      <line class="limit" x2="100%" y1=${limitY} y2=${limitY}></line>
      <line class="base" x2="100%" y1="100%" y2="100%"></line>
      <text y=${limitY} dy="-5">${limitText}</text>
      <circle class="now" cx=${percent(last.x)} cy=${percent(1 - last.y)} r=${DOT}></circle>
    </svg>
    <div class="days" aria-hidden="true"><span>${firstDay}</span><span>${lastDay}</span></div>`;
}
