import type { Activity } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import type { CardBody } from '../../base/loaded-card-element.js';
import type { UsageElement } from '../../base/usage-element.js';
import { renderChartTable } from '../../charts/chart-table.js';
import { activityMessages } from '../../locales/en/activity.js';
import { trendMessages } from '../../locales/en/trends.js';
import { adoptStyles } from '../../rules/adopt-styles.js';
import { chartStyles } from '../../styles/chart.styles.js';
import { renderChartHint } from '../../templates/chart.js';
import * as icons from '../../templates/icons.js';
import type { Notice } from '../../templates/states.js';
import { memoizeLast } from '../../utils/memoize-last.js';
import type { Metric } from '../../view-models/figure.js';
import { activityStyles } from './activity.styles.js';
import {
  LEVELS,
  TICK_HOURS,
  toHeatTable,
  toHeatView,
  type HeatCell,
  type HeatRow,
  type HeatView,
} from './usage-activity.view.js';

/** What a person chose to see. */
interface Choices {
  metric: Metric;
  isTable: boolean;
}

/** Where a cell is: in which row, in which of its hours. */
interface Place {
  row: number;
  hour: number;
}

const LAST_ROW = 6;
const LAST_HOUR = 23;

/** Shows the week as shades, or as a table; loaded with the first. */
export class ActivityBody implements CardBody<Activity> {
  readonly #host: UsageElement;
  readonly #getChoices: () => Choices;
  readonly #toView = memoizeLast(toHeatView);
  /** The cell that is pointed at or has the focus. */
  #active: Place | null = null;
  /** The cell that the Tab key goes to. */
  #stop: Place = { row: 0, hour: 0 };

  constructor(host: UsageElement, getChoices: () => Choices) {
    this.#host = host;
    this.#getChoices = getChoices;
    adoptStyles(host, [chartStyles, activityStyles]);
  }

  /** As {@link CardBody}. */
  toEmptyNotice({ cells }: Activity): Notice | null {
    if (cells.some(({ totals }) => totals.calls > 0)) return null;
    const { t } = this.#host.localizer;
    return {
      icon: icons.empty(24),
      title: t(trendMessages.trendEmptyTitle),
      text: t(trendMessages.trendEmptyText),
    };
  }

  /** As {@link CardBody}. */
  render(activity: Activity): TemplateResult {
    const { localizer } = this.#host;
    const { metric, isTable } = this.#getChoices();
    if (isTable) return renderChartTable(toHeatTable(activity, metric, localizer));
    const view = this.#toView(activity, metric, localizer);
    return html`<div class="heat-box">
        <table
          class="heat"
          part="heat"
          role="grid"
          aria-label=${view.summary}
          @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
          @pointerleave=${() => this.#activate(null)}
        >
          <thead aria-hidden="true">
            <tr>
              <td></td>
              ${view.ticks.map((tick) => html`<td colspan=${TICK_HOURS}>${tick}</td>`)}
            </tr>
          </thead>
          <tbody>
            ${view.rows.map((row, index) => this.#renderRow(row, index))}
          </tbody>
        </table>
      </div>
      ${this.#renderDetail(view)} ${this.#renderLegend(view)}`;
  }

  #renderRow({ label, title, cells }: HeatRow, row: number): TemplateResult {
    return html`<tr>
      <th scope="row"><span title=${title} aria-label=${title}>${label}</span></th>
      ${cells.map((cell, hour) => this.#renderCell(cell, { row, hour }))}
    </tr>`;
  }

  #renderCell({ level, hours, text }: HeatCell, place: Place): TemplateResult {
    const isActive = isSame(place, this.#active);
    return html`<td
      class="cell level-${level} ${isActive ? 'active' : ''}"
      part="cell"
      tabindex=${isSame(place, this.#stop) ? 0 : -1}
      aria-label="${hours}: ${text}"
      @pointerenter=${() => this.#activate(place)}
      @focus=${() => {
        this.#stop = place;
        this.#activate(place);
      }}
      @blur=${() => this.#activate(null)}
    ></td>`;
  }

  /** Of the hour that is pointed at, else of the highest. */
  #renderDetail({ rows, highest }: HeatView): TemplateResult {
    const active = this.#active && rows[this.#active.row]?.cells[this.#active.hour];
    const shown = active ?? highest;
    const { t } = this.#host.localizer;
    const hours =
      shown === null || active != null
        ? shown?.hours
        : t(activityMessages.activityHighest, { hours: shown.hours });
    return html`<div class="detail" part="detail" aria-hidden="true">
      ${shown === null ? nothing : html`<strong>${hours}</strong> ${shown.text}`}
    </div>`;
  }

  #renderLegend({ min, max }: HeatView): TemplateResult {
    const { t } = this.#host.localizer;
    return html`<div class="legend" part="legend">
      <span class="scale" role="img" aria-label=${t(activityMessages.activityScale, { min, max })}
        ><span aria-hidden="true">${min}</span>${[0, ...LEVELS].map(
          (level) => html`<span class="shade level-${level}"></span>`,
        )}<span aria-hidden="true">${max}</span></span
      >
      ${renderChartHint(this.#host, null)}
    </div>`;
  }

  #activate(place: Place | null): void {
    this.#active = place;
    this.#host.requestUpdate();
  }

  #onKey(event: KeyboardEvent): void {
    const { row, hour } = this.#stop;
    const next = toNext(event.key, { row, hour }, getComputedStyle(this.#host).direction === 'rtl');
    if (next === null) return;
    event.preventDefault();
    const rows = this.#host.renderRoot.querySelectorAll('.heat tbody tr');
    rows[next.row]?.querySelectorAll<HTMLElement>('.cell')[next.hour]?.focus();
  }
}

function isSame(a: Place, b: Place | null): boolean {
  return a.row === b?.row && a.hour === b.hour;
}

/** Where a key goes from a cell; `null` for keys that do not move. */
function toNext(key: string, { row, hour }: Place, isRtl: boolean): Place | null {
  const to = (nextRow: number, nextHour: number): Place => ({
    row: Math.min(Math.max(nextRow, 0), LAST_ROW),
    hour: Math.min(Math.max(nextHour, 0), LAST_HOUR),
  });
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, hour);
    case 'ArrowDown':
      return to(row + 1, hour);
    case 'ArrowLeft':
      return to(row, hour + (isRtl ? 1 : -1));
    case 'ArrowRight':
      return to(row, hour + (isRtl ? -1 : 1));
    case 'Home':
      return to(row, 0);
    case 'End':
      return to(row, LAST_HOUR);
    default:
      return null;
  }
}
