import type { Granularity, TrendGrouping, Trends } from '@usage-kit/server-sdk/contract';
import {
  html,
  nothing,
  type CSSResultGroup,
  type PropertyValues,
  type TemplateResult,
  type PropertyDeclarations,
} from 'lit';
import type { ChartSpec } from '../../charts/chart-spec.js';
import {
  BreakdownController,
  NO_PARTS,
  type LegendParts,
} from '../../controllers/breakdown-controller.js';
import { ExportController } from '../../controllers/export-controller.js';
import { QueryController } from '../../controllers/query-controller.js';
import { formatCount } from '../../format/number.js';
import type { RangeInput } from '../../format/range-input.js';
import { getRelativeDays } from '../../format/range.js';
import type { UsageViewState } from '../../events/usage-view-change.js';
import { METRICS, toShownMetric, type Metric } from '../../view-models/figure.js';
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
import { breakdownStyles } from '../../styles/breakdown.styles.js';
import { segmentsStyles } from '../../styles/segments.styles.js';
import { metricSwitchStyles } from '../../styles/metric-switch.styles.js';
import { renderMetricSwitch } from '../../templates/metric-switch.js';
import { toTrendSpec, TREND_DAYS } from './usage-trends.view.js';
import { rangeMessages } from '../../locales/en/range.js';
import { trendMessages } from '../../locales/en/trends.js';
import { metricMessages } from '../../locales/en/metrics.js';

const GROUPINGS: readonly TrendGrouping[] = ['model', 'provider', 'type', 'project'];

/**
 * One figure over time: calls, success rate, average or P95 duration, tokens, credits; by hour up to a week, else by day.
 *
 * @summary A figure over time.
 * @csspart breakdown - the choice of groups
 * @csspart compare - shows the period before
 * @csspart group - a group below the chart, which shows it alone
 * @csspart group-toggle - hides a group or shows it
 * @csspart legend - the groups below the chart
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
    groupBy: { attribute: 'group-by', reflect: false },
    compare: { type: Boolean },
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
    breakdownStyles,
    chartStyles,
    pagerStyles,
    metricSwitchStyles,
  ];

  /** Figure shown first; of credits and money the one that `amounts` names. */
  metric: Metric = 'calls';
  /** Hides the element's own 7, 30, 90 days, where a range picker is on the page. */
  hideRange = false;
  /** Offers no file of what is shown. */
  noExport = false;
  /** Breaks the figure down: `model`, `provider`, `type` or `project`. */
  groupBy: TrendGrouping | undefined;
  /** Shows the period before, too. */
  compare = false;
  private ownRange: RangeInput | null = null;

  #followedRange = '';
  readonly #toSpec = memoizeLast(toTrendSpec);
  readonly #breakdown = new BreakdownController(this, GROUPINGS);
  protected readonly query = new QueryController<Trends>(this, () => {
    const range = this.#range;
    const granularity = chooseGranularity(resolveElementRange(this, range));
    const params = { granularity, ...this.#breakdown.toParams(this.#shownMetric) };
    return toRangeRequest(this, {
      route: 'trends',
      params,
      range,
      send: async (resolved, options) => {
        const trends = await this.settings.client.getTrends({ ...resolved, ...params }, options);
        return this.#breakdown.mark(trends, params.groupBy);
      },
    });
  });

  readonly #export = new ExportController(this, () => {
    const { data } = this;
    if (data === undefined || this.query.state.status === 'loading') return null;
    const { groupBy, topBy } = this.#breakdown.toParams(this.#shownMetric);
    const params = { ...data.range, granularity: data.granularity, groupBy, topBy };
    return { kind: 'trends', params };
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
    const metric = this.#shownMetric;
    const spec = this.#toSpec(view, metric, this.localizer, isRtl);
    return this.#breakdown.toSpec(spec, trends, metric, this.localizer);
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

  /** Its own switch is of this card alone. */
  protected override applyRange(range: RangeInput): void {
    if (this.hideRange) super.applyRange(range);
    else this.ownRange = range;
  }

  protected override readChoices(): Readonly<Record<string, string | undefined>> {
    return {
      ...super.readChoices(),
      metric: this.metric === 'calls' ? undefined : this.metric,
      ...this.#breakdown.readChoices(),
    };
  }

  protected override writeChoices(state: UsageViewState): void {
    super.writeChoices(state);
    this.metric = METRICS.find((known) => known === state.metric) ?? 'calls';
    this.#breakdown.writeChoices(state);
  }

  protected override render(): TemplateResult {
    const { t } = this.localizer;
    return renderCard(this, {
      title: t(trendMessages.trends),
      query: this.query,
      footer: renderStatusFooter,
      actions: html`${this.hideRange ? nothing : this.#renderDays()} ${this.renderToggle()}
      ${this.#export.render()}`,
      body: html`<div class="switch">
          ${renderMetricSwitch(this.localizer, this.#shownMetric, (metric) => (this.metric = metric))}
          ${this.#breakdown.renderControls()}
        </div>
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
    if (this.isTable) {
      const caption = t(trendMessages.trends);
      const broken = this.#breakdown.toTable(trends, view, metric, caption);
      return this.renderTable(broken ?? this.toTable(view, caption, metric));
    }
    const summary = toTrendSummary(view, toTrendValues(trends, metric), metric, localizer);
    return html`${renderTrendChart(localizer, {
      chart: this.chart,
      view,
      summary,
      drawn: { [metric]: '1' },
      point: this.#breakdown.toPointTexts(trends, metric),
      onSelect: this.toSelect(trends),
    })}
    ${this.#breakdown.renderGroups(trends, metric)}
    ${this.#renderLegend(trends.granularity, view.unfinishedIndex, this.#breakdown.toLegendParts(trends, metric))}`;
  }

  /** Takes as many lines while it loads: a narrow card has two. */
  #renderLegend(
    granularity: Granularity,
    unfinishedIndex: number | null,
    { hasGroups, before }: LegendParts = NO_PARTS,
  ): TemplateResult {
    const { t } = this.localizer;
    return html`<div class="legend">
      <span class="legend-item"
        >${hasGroups ? nothing : html`<span class="swatch line series-1"></span>`}${t(metricMessages[this.#shownMetric])}
        ·
        ${t(granularity === 'hour' ? trendMessages.granularityHour : trendMessages.granularityDay)}${this.#describeRate()}</span
      >
      ${before} ${renderChartHint(this, unfinishedIndex)}
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
