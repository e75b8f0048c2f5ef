import { html, nothing, type TemplateResult } from 'lit';
import type { SeriesColor } from '../charts/chart-spec.js';
import type { ChartController } from '../controllers/chart-controller.js';
import { runAfterFrame } from '../controllers/task-timer.js';
import { formatTimeZoneName } from '../format/clock.js';
import type { Localizer } from '../locales/localizer.js';
import { getShownMetrics, type Metric } from '../view-models/figure.js';
import * as icons from './icons.js';
import type { TrendRow, TrendView } from '../view-models/trend-view.js';
import type { UsageElement } from '../base/usage-element.js';
import { trendMessages } from '../locales/en/trends.js';
import { metricMessages } from '../locales/en/metrics.js';

const TOOLTIP_GAP_PX = 12;

/** A chart over time with its tooltip and keyboard. */
export interface TrendChart {
  chart: ChartController;
  view: TrendView;
  /** Summary of the chart for screen readers. */
  summary: string;
  /** Which figures are drawn, and in which color; they lead the tooltip. */
  drawn: Partial<Record<Metric, SeriesColor>>;
  /** Shows a point's calls only; missing where there is one point. */
  onSelect?: ((index: number) => void) | undefined;
  /** What is said of a point in place of all figures. */
  point?: PointTexts | undefined;
}

/** A point for the tooltip and for screen readers. */
export interface PointTexts {
  render: (index: number) => TemplateResult;
  describe: (index: number) => string;
}

/**
 * The canvas with a name, a tooltip, and a slider over the points.
 *
 * The slider is a native range input: arrow keys, Home and End, and a screen reader that speaks each point, all built in.
 */
export function renderTrendChart(localizer: Localizer, trend: TrendChart): TemplateResult {
  const { chart, view, summary } = trend;
  const lastIndex = Math.max(view.rows.length - 1, 0);
  const index = chart.activeIndex ?? lastIndex;
  const row = view.rows[index];
  const onKeys = (event: Event): void =>
    chart.activate(Number((event.target as HTMLInputElement).value));
  return html`<div class="chart" part="chart">
    <span class="chart-probe" aria-hidden="true"></span>
    <input
      class="chart-slider"
      type="range"
      min="0"
      max=${lastIndex}
      .value=${String(index)}
      aria-label=${localizer.t(trendMessages.trendKeys)}
      aria-valuetext=${row === undefined ? '' : toSentence(localizer, row, trend.point?.describe(index))}
      @input=${onKeys}
      @focus=${onKeys}
      @blur=${chart.onLeave}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter') trend.onSelect?.(index);
      }}
    />
    <canvas
      class=${trend.onSelect === undefined ? '' : 'selectable'}
      role="img"
      aria-label=${summary}
      @click=${(event: PointerEvent) => {
        // A finger chooses the point to read; there is nothing else it could do that with.
        if (event.pointerType !== 'touch' && chart.activeIndex !== null) trend.onSelect?.(index);
      }}
      @pointermove=${chart.onPointerMove}
      @pointerdown=${chart.onPointerMove}
      @pointerleave=${chart.onLeave}
    ></canvas>
    ${
      chart.activeIndex === null || row === undefined
        ? nothing
        : renderTooltip(localizer, row, trend)
    }
  </div>`;
}

function toSentence(
  localizer: Localizer,
  { label, note, figures, notes }: TrendRow,
  text?: string,
): string {
  const { t } = localizer;
  const parts =
    text === undefined
      ? getShownMetrics(localizer).map(
          (metric) => `${t(metricMessages[metric])} ${figures[metric].text}`,
        )
      : [text];
  parts.push(...notes);
  return `${label}${note === '' ? '' : ` (${note})`}: ${parts.join(', ')}`;
}

function renderTooltip(
  localizer: Localizer,
  { label, note, figures, notes }: TrendRow,
  { chart, drawn, point, onSelect }: TrendChart,
): TemplateResult {
  const { t } = localizer;
  return html`<div class="tooltip" part="tooltip" aria-hidden="true">
    <div class="tooltip-title">${label} <span class="muted">${note}</span></div>
    ${
      point?.render(chart.activeIndex ?? 0) ??
      getShownMetrics(localizer).map((metric) => {
        const color = drawn[metric];
        return html`<div class="tooltip-row ${color === undefined ? '' : 'drawn'}">
          <span class="swatch ${color === undefined ? 'none' : `series-${color}`}"></span>
          <span>${t(metricMessages[metric])}</span
          ><span class="tooltip-value">${figures[metric].text}</span>
        </div>`;
      })
    }
    ${notes.map((note) => html`<div class="tooltip-note">${note}</div>`)}
    ${
      onSelect === undefined
        ? nothing
        : html`<div class="tooltip-note select-hint">${t(trendMessages.selectPoint)}</div>`
    }
  </div>`;
}

/** Places the tooltip next to the active point, on the side with more room, inside of the chart. Called after each render. */
export function placeTooltip(root: ParentNode, activeX: number): void {
  const tooltip = root.querySelector<HTMLElement>('.tooltip');
  const box = tooltip?.parentElement;
  if (tooltip == null || box == null) return;
  const { offsetWidth } = tooltip;
  const isBefore = activeX > box.clientWidth / 2;
  const leftOfPoint = isBefore ? activeX - TOOLTIP_GAP_PX - offsetWidth : activeX + TOOLTIP_GAP_PX;
  const left = Math.max(0, Math.min(leftOfPoint, box.clientWidth - offsetWidth));
  tooltip.style.setProperty('--_left', `${left}px`);
}

/** The end of a legend: which points are not finished, and the zone of the axis. */
export function renderChartHint(
  host: UsageElement,
  unfinishedIndex: number | null,
): TemplateResult {
  const { t } = host.localizer;
  return html`<span class="hint"
    >${unfinishedIndex === null ? nothing : html`${t(trendMessages.unfinishedBucket)} · `}<span
      part="zone"
      title=${host.timeZoneLabel}
      >${formatTimeZoneName(host.settings.timeZone)}</span
    ></span
  >`;
}

/** Switches between the chart and its table, after a frame that paints the pressed button: a table of many columns takes time. */
export function renderTableToggle(
  { t }: Localizer,
  isTable: boolean,
  onToggle: () => void,
): TemplateResult {
  const label = t(isTable ? trendMessages.viewChart : trendMessages.viewTable);
  // Named by its label too: where space is short the text is hidden.
  return html`<button
    class="button"
    part="table-toggle"
    type="button"
    aria-label=${label}
    @click=${() => {
      runAfterFrame(onToggle);
    }}
  >
    ${isTable ? icons.chart() : icons.table()}<span class="toggle-text">${label}</span>
  </button>`;
}
