import type { Trends } from '@usage-kit/server-sdk/contract';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { renderChartTable } from '../../charts/chart-table.js';
import { ChartController } from '../../controllers/chart-controller.js';
import { QueryController } from '../../controllers/query-controller.js';
import { formatCount } from '../../format/number.js';
import { relativeDaysOf, type RangeInput } from '../../format/range.js';
import { METRICS, type Metric } from '../../internal/figure.js';
import { icons } from '../../internal/icons.js';
import { memoizeLast } from '../../internal/memoize-last.js';
import { granularityFor, rangeProblem, toRangeRequest } from '../../internal/range-query.js';
import { renderCard } from '../../internal/render-card.js';
import {
  placeTooltip,
  renderChartHint,
  renderTableToggle,
  renderTrendChart,
} from '../../internal/render-chart.js';
import { renderBody, type Notice } from '../../internal/render-states.js';
import { renderSegments } from '../../internal/segments.js';
import {
  toTrendSummary,
  toTrendTable,
  toTrendValues,
  toTrendView,
} from '../../internal/trend-view.js';
import { UsageElement } from '../../internal/usage-element.js';
import { dataOf } from '../../store/query-state.js';
import { chartStyles } from '../../styles/chart.styles.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { usageTrendsStyles } from './usage-trends.styles.js';
import { toTrendSpec, TREND_DAYS } from './usage-trends.view.js';

/**
 * One figure over time: calls, success rate, average or P95 duration, tokens, credits; by hour up to a week, else by day.
 *
 * @summary A figure over time.
 * @fires usage-load - after each answer
 * @fires usage-error - when a request failed
 * @fires usage-auth-required - when the server knows nobody
 * @csspart chart - the box of the canvas
 * @csspart tooltip - the figures of the chosen point
 * @csspart chart-table - the table in place of the chart
 * @csspart table-toggle - the button that switches between them
 */
export class UsageTrends extends UsageElement {
  static readonly tagName: string = 'usage-trends';
  static override styles: CSSResultGroup = [
    UsageElement.styles,
    controlStyles,
    chartStyles,
    usageTrendsStyles,
  ];

  /** Figure shown first. */
  @property() metric: Metric = 'calls';
  /** Hides the element's own 7, 30, 90 days, where a range picker is on the page. */
  @property({ type: Boolean, attribute: 'hide-range' }) hideRange = false;
  @state() private isTable = false;
  @state() private ownRange: RangeInput | null = null;

  #followedRange = '';
  readonly #toView = memoizeLast(toTrendView);
  readonly #toSpec = memoizeLast(toTrendSpec);
  readonly #query = new QueryController<Trends>(this, () => {
    const range = this.#range;
    const granularity = granularityFor(this.resolveRangeFor(range, this.settings.timeZone));
    return toRangeRequest(this, {
      route: 'trends',
      params: { granularity },
      range,
      ask: (resolved, options) =>
        this.settings.client.getTrends({ ...resolved, granularity }, options),
    });
  });
  readonly #chart = new ChartController(this, () => {
    const trends = this.#data;
    if (trends === undefined || this.isTable) return null;
    const isRtl = getComputedStyle(this).direction === 'rtl';
    const view = this.#toView(trends, this.localizer);
    return this.#toSpec(trends, view, this.metric, this.localizer, isRtl);
  });

  get #range(): RangeInput {
    return this.ownRange ?? this.settings.range;
  }

  get #data(): Trends | undefined {
    const { state: queryState } = this.#query;
    if (queryState.status === 'loading') return queryState.placeholder;
    return dataOf(queryState);
  }

  override willUpdate(): void {
    super.willUpdate();
    // A new range from outside is a newer wish than the switch inside.
    const { from, to } = this.settings.range;
    const followed = `${from} ${to}`;
    if (followed !== this.#followedRange) this.ownRange = null;
    this.#followedRange = followed;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    placeTooltip(this.renderRoot, this.#chart.activeX);
  }

  protected override render(): TemplateResult {
    const { t } = this.localizer;
    return renderCard(this, {
      title: t('trends'),
      query: this.#query,
      actions: html`${this.hideRange ? nothing : this.#renderDays()}
      ${renderTableToggle(this.localizer, this.isTable, () => (this.isTable = !this.isTable))}`,
      body: html`${this.#renderMetrics()}
      ${renderBody(this, this.#query, {
        inputProblem: rangeProblem(this),
        skeleton: () =>
          html`<div class="chart-bone bone"></div>
            <div class="legend">&nbsp;</div>`,
        empty: (trends) => this.#emptyNotice(trends),
        ready: (trends) => this.#renderTrend(trends),
      })}`,
    });
  }

  #renderDays(): TemplateResult {
    const { t, formatters } = this.localizer;
    const segments = TREND_DAYS.map((days) => ({
      value: String(days),
      label: t('rangeDays', { count: formatCount(formatters, days) }, days),
    }));
    const chosen = String(relativeDaysOf(this.#range) ?? '');
    return renderSegments(t('range'), segments, chosen, (days) => {
      this.ownRange = { from: `last-${days}-days`, to: '' };
    });
  }

  #renderMetrics(): TemplateResult {
    const { t } = this.localizer;
    const choose = (value: string): void => {
      this.metric = METRICS.find((metric) => metric === value) ?? 'calls';
    };
    const segments = METRICS.map((metric) => ({ value: metric, label: t(metric) }));
    return html`<div class="switch">
      ${renderSegments(t('trendMetric'), segments, this.metric, choose)}
      <select
        class="select metric-select"
        aria-label=${t('trendMetric')}
        @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
      >
        ${segments.map(
          ({ value, label }) =>
            html`<option value=${value} .selected=${value === this.metric}>${label}</option>`,
        )}
      </select>
    </div>`;
  }

  #emptyNotice(trends: Trends): Notice | null {
    if (!this.#toView(trends, this.localizer).isEmpty) return null;
    const { t } = this.localizer;
    return { icon: icons.empty(24), title: t('trendEmptyTitle'), text: t('trendEmptyText') };
  }

  #renderTrend(trends: Trends): TemplateResult {
    const { localizer, metric } = this;
    const { t } = localizer;
    const view = this.#toView(trends, localizer);
    if (this.isTable)
      return renderChartTable(toTrendTable(view, t('trends'), localizer, this.settings.timeZone));
    const summary = toTrendSummary(view, toTrendValues(trends, metric), metric, localizer);
    return html`${renderTrendChart(localizer, {
        chart: this.#chart,
        view,
        summary,
        drawn: { [metric]: '1' },
      })}
      <div class="legend">
        <span class="legend-item"
          ><span class="swatch line series-1"></span>${t(metric)} ·
          ${t(trends.granularity === 'hour' ? 'granularityHour' : 'granularityDay')}</span
        >
        ${renderChartHint(this, view)}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-trends': UsageTrends;
  }
}
