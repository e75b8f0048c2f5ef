import type { Granularity, Trends } from '@usage-kit/server-sdk/contract';
import {
  html,
  nothing,
  type CSSResultGroup,
  type PropertyValues,
  type TemplateResult,
  type PropertyDeclarations,
} from 'lit';
import type { ChartSpec } from '../../charts/chart-spec.js';
import { ExportController } from '../../controllers/export-controller.js';
import { QueryController } from '../../controllers/query-controller.js';
import { formatCount } from '../../format/number.js';
import { getRelativeDays, type RangeInput } from '../../format/range.js';
import type { UsageViewState } from '../../events/usage-view-change.js';
import { getShownMetrics, METRICS, toShownMetric, type Metric } from '../../view-models/figure.js';
import { memoizeLast } from '../../utils/memoize-last.js';
import {
  chooseGranularity,
  resolveElementRange,
  toRangeRequest,
} from '../../controllers/range-query.js';
import { checkRange } from '../../templates/input-problems.js';
import { renderStatusFooter } from '../../templates/status-footer.js';
import { renderCard } from '../../templates/card.js';
import { renderChartHint, renderTrendChart } from '../../templates/chart.js';
import { renderBody } from '../../templates/states.js';
import { renderSegments } from '../../templates/segments.js';
import { describeConversion } from '../../view-models/money-figure.js';
import { toTrendSummary, toTrendValues } from '../../view-models/trend-view.js';
import { TrendCardElement } from '../../base/trend-card-element.js';
import { chartStyles } from '../../styles/chart.styles.js';
import { pagerStyles } from '../../styles/pager.styles.js';
import { statesStyles } from '../../styles/states.styles.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { statusFooterStyles } from '../../styles/status-footer.styles.js';
import { segmentsStyles } from '../../styles/segments.styles.js';
import { usageTrendsStyles } from './usage-trends.styles.js';
import { toTrendSpec, TREND_DAYS } from './usage-trends.view.js';
import { rangeMessages } from '../../locales/en/range.js';
import { trendMessages } from '../../locales/en/trends.js';
import { metricMessages } from '../../locales/en/metrics.js';

/**
 * One figure over time: calls, success rate, average or P95 duration, tokens, credits; by hour up to a week, else by day.
 *
 * @summary A figure over time.
 * @csspart export-button - opens the menu of files
 * @csspart export-cancel - ends the download
 * @csspart export-item - a format in the menu
 * @csspart export-menu - the menu of files
 * @csspart export-progress - how much of the file has come
 * @csspart export-retry - makes the file again
 * @csspart segments - the row of choices
 */
export class UsageTrends extends TrendCardElement<Trends> {
  static readonly tagName: string = 'usage-trends';
  static override properties: PropertyDeclarations = {
    metric: {},
    hideRange: { type: Boolean, attribute: 'hide-range' },
    noExport: { type: Boolean, attribute: 'no-export' },
    ownRange: { state: true },
  };
  static override styles: CSSResultGroup = [
    TrendCardElement.styles,
    statesStyles,
    controlStyles,
    statusFooterStyles,
    segmentsStyles,
    chartStyles,
    pagerStyles,
    usageTrendsStyles,
  ];

  /** Figure shown first; of credits and money the one that `amounts` names. */
  metric: Metric = 'calls';
  /** Hides the element's own 7, 30, 90 days, where a range picker is on the page. */
  hideRange = false;
  /** Offers no file of what is shown. */
  noExport = false;
  private ownRange: RangeInput | null = null;

  #followedRange = '';
  readonly #toSpec = memoizeLast(toTrendSpec);
  protected readonly query = new QueryController<Trends>(this, () => {
    const range = this.#range;
    const granularity = chooseGranularity(resolveElementRange(this, range));
    return toRangeRequest(this, {
      route: 'trends',
      params: { granularity },
      range,
      send: (resolved, options) =>
        this.settings.client.getTrends({ ...resolved, granularity }, options),
    });
  });

  readonly #export = new ExportController(this, () => {
    const { data } = this;
    if (data === undefined || this.query.state.status === 'loading') return null;
    return { kind: 'trends', params: { ...data.range, granularity: data.granularity } };
  });

  get #shownMetric(): Metric {
    return toShownMetric(this.localizer, this.metric);
  }

  get #range(): RangeInput {
    return this.ownRange ?? this.settings.range;
  }

  protected override toChartSpec(trends: Trends): ChartSpec {
    const isRtl = getComputedStyle(this).direction === 'rtl';
    const view = this.toView(trends, this.localizer);
    return this.#toSpec(trends, view, this.#shownMetric, this.localizer, isRtl);
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
    // Not on the first render: no person chose the figure, and the page must not scroll.
    const isChosen = changed.get('metric') !== undefined || changed.get('isTable') === false;
    if (isChosen && this.isTable) this.#showColumn();
  }

  protected override readChoices(): Readonly<Record<string, string | undefined>> {
    return { ...super.readChoices(), metric: this.metric === 'calls' ? undefined : this.metric };
  }

  protected override writeChoices(state: UsageViewState): void {
    super.writeChoices(state);
    this.metric = METRICS.find((known) => known === state.metric) ?? 'calls';
  }

  protected override render(): TemplateResult {
    const { t } = this.localizer;
    return renderCard(this, {
      title: t(trendMessages.trends),
      query: this.query,
      footer: renderStatusFooter,
      actions: html`${this.hideRange ? nothing : this.#renderDays()} ${this.renderToggle()}
      ${this.#export.render()}`,
      body: html`${this.#renderMetrics()}
      ${renderBody(this, this.query, {
        inputProblem: checkRange(this),
        skeleton: () =>
          html`<div class="chart-skeleton skeleton-block"></div>
            <div class="spacer">${this.#renderLegend('day', 0)}</div>`,
        empty: (trends) => this.toEmptyNotice(trends),
        ready: (trends) => this.#renderTrend(trends),
      })}`,
    });
  }

  #renderDays(): TemplateResult {
    const { t, formatters } = this.localizer;
    const segments = TREND_DAYS.map((days) => ({
      value: String(days),
      label: t(rangeMessages.rangeDays, { count: formatCount(formatters, days) }, days),
    }));
    const chosen = String(getRelativeDays(this.#range) ?? '');
    return renderSegments(t(rangeMessages.range), segments, chosen, (days) => {
      this.ownRange = { from: `last-${days}-days`, to: '' };
    });
  }

  #renderMetrics(): TemplateResult {
    const { t } = this.localizer;
    const choose = (value: string): void => {
      this.metric = METRICS.find((metric) => metric === value) ?? 'calls';
    };
    const shown = this.#shownMetric;
    const segments = getShownMetrics(this.localizer).map((metric) => ({
      value: metric,
      label: t(metricMessages[metric]),
    }));
    return html`<div class="switch">
      ${renderSegments(t(trendMessages.trendMetric), segments, shown, choose)}
      <select
        class="select metric-select"
        aria-label=${t(trendMessages.trendMetric)}
        @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
      >
        ${segments.map(
          ({ value, label }) =>
            html`<option value=${value} .selected=${value === shown}>${label}</option>`,
        )}
      </select>
    </div>`;
  }

  /** Of a table that is wider than the element, the part with the figure. */
  #showColumn(): void {
    const heading = this.renderRoot.querySelector('.chart-table [aria-current]');
    heading?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }

  #renderTrend(trends: Trends): TemplateResult {
    const { localizer } = this;
    const metric = this.#shownMetric;
    const { t } = localizer;
    const view = this.toView(trends, localizer);
    if (this.isTable) return this.renderTable(view, t(trendMessages.trends), metric);
    const summary = toTrendSummary(view, toTrendValues(trends, metric), metric, localizer);
    return html`${renderTrendChart(localizer, {
      chart: this.chart,
      view,
      summary,
      drawn: { [metric]: '1' },
    })}
    ${this.#renderLegend(trends.granularity, view.unfinishedIndex)}`;
  }

  /** Takes as many lines while it loads: a narrow card has two. */
  #renderLegend(granularity: Granularity, unfinishedIndex: number | null): TemplateResult {
    const { t } = this.localizer;
    return html`<div class="legend">
      <span class="legend-item"
        ><span class="swatch line series-1"></span>${t(metricMessages[this.#shownMetric])} ·
        ${t(granularity === 'hour' ? trendMessages.granularityHour : trendMessages.granularityDay)}${this.#describeRate()}</span
      >
      ${renderChartHint(this, unfinishedIndex)}
    </div>`;
  }

  /** The rate of money that was converted; empty for every other figure. */
  #describeRate(): string {
    const currency = this.data?.points[0]?.totals.currency;
    if (this.#shownMetric !== 'cost' || currency === undefined) return '';
    const rate = describeConversion(this.localizer, currency);
    return rate === null ? '' : ` · ${rate}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-trends': UsageTrends;
  }
}
