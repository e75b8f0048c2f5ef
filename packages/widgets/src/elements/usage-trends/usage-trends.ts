import type { Granularity, Trends } from '@usage-kit/server-sdk/contract';
import {
  html,
  nothing,
  type CSSResultGroup,
  type PropertyValues,
  type TemplateResult,
  type PropertyDeclarations,
} from 'lit';
import { ChartController } from '../../controllers/chart-controller.js';
import { QueryController } from '../../controllers/query-controller.js';
import { ViewStateController } from '../../controllers/view-state-controller.js';
import type { UsageViewState } from '../../events/usage-view-change.js';
import { formatCount } from '../../format/number.js';
import { relativeDaysOf, type RangeInput } from '../../format/range.js';
import { METRIC_TEXTS, METRICS, type Metric } from '../../internal/figure.js';
import * as icons from '../../internal/icons.js';
import { memoizeLast } from '../../internal/memoize-last.js';
import {
  granularityFor,
  rangeProblem,
  resolveRangeFor,
  toRangeRequest,
} from '../../internal/range-query.js';
import { renderQuietFooter } from '../../internal/quiet-footer.js';
import { renderCard } from '../../internal/render-card.js';
import {
  placeTooltip,
  renderChartHint,
  renderTableToggle,
  renderTrendChart,
} from '../../internal/render-chart.js';
import { renderBody, type Notice } from '../../internal/render-states.js';
import { renderTrendTable } from '../../internal/render-trend-table.js';
import { renderSegments } from '../../internal/segments.js';
import { toTrendSummary, toTrendValues, toTrendView } from '../../internal/trend-view.js';
import { UsageElement } from '../../internal/usage-element.js';
import { dataOf } from '../../store/query-state.js';
import { chartStyles } from '../../styles/chart.styles.js';
import { pagerStyles } from '../../styles/pager.styles.js';
import { statesStyles } from '../../styles/states.styles.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { quietFooterStyles } from '../../styles/quiet-footer.styles.js';
import { segmentsStyles } from '../../styles/segments.styles.js';
import { usageTrendsStyles } from './usage-trends.styles.js';
import { toTrendSpec, TREND_DAYS } from './usage-trends.view.js';
import * as texts from '../../locales/en.js';

/**
 * One figure over time: calls, success rate, average or P95 duration, tokens, credits; by hour up to a week, else by day.
 *
 * @summary A figure over time.
 * @fires usage-load - after each answer
 * @fires usage-error - when a request failed
 * @fires usage-auth-required - when the server knows nobody
 * @fires usage-view-change - when a person changed what is shown; `detail.viewState` shows the same again
 * @slot actions - beside the heading, e.g. a link
 * @slot title - in place of the heading
 * @csspart actions - what stands beside the heading
 * @csspart banner - what is wrong with old data, and its age
 * @csspart card - the frame
 * @csspart chart - the box of the canvas
 * @csspart chart-table - the table in place of the chart
 * @csspart content - what is shown of the data
 * @csspart footer - the last line of the frame
 * @csspart header - heading and actions
 * @csspart notice - why there is nothing to see
 * @csspart page-button - the buttons of the table's pages
 * @csspart pager - where the table is in its pages
 * @csspart request-id - names a failed request to whoever is asked for help
 * @csspart retry - asks again
 * @csspart segments - the row of choices
 * @csspart skeleton - what stands in the place of data that is loading
 * @csspart table-toggle - the button that switches between chart and table
 * @csspart title - the heading
 * @csspart tooltip - the figures of the chosen point
 * @csspart zone - the time zone
 */
export class UsageTrends extends UsageElement {
  static readonly tagName: string = 'usage-trends';
  static override properties: PropertyDeclarations = {
    metric: {},
    hideRange: { type: Boolean, attribute: 'hide-range' },
    viewState: { attribute: false, noAccessor: true },
    isTable: { state: true },
    tablePage: { state: true },
    ownRange: { state: true },
  };
  static override styles: CSSResultGroup = [
    UsageElement.styles,
    statesStyles,
    controlStyles,
    quietFooterStyles,
    segmentsStyles,
    chartStyles,
    pagerStyles,
    usageTrendsStyles,
  ];

  /** Figure shown first. */
  metric: Metric = 'calls';
  /** Hides the element's own 7, 30, 90 days, where a range picker is on the page. */
  hideRange = false;
  private isTable = false;
  private tablePage = 1;
  private ownRange: RangeInput | null = null;

  #followedRange = '';
  readonly #viewState = new ViewStateController(this, {
    read: () => ({
      metric: this.metric === 'calls' ? undefined : this.metric,
      table: this.isTable ? 'true' : undefined,
    }),
    write: ({ metric, table }) => {
      this.metric = METRICS.find((known) => known === metric) ?? 'calls';
      this.isTable = table === 'true';
    },
  });
  readonly #toView = memoizeLast(toTrendView);
  readonly #toSpec = memoizeLast(toTrendSpec);
  readonly #query = new QueryController<Trends>(this, () => {
    const range = this.#range;
    const granularity = granularityFor(resolveRangeFor(this, range));
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

  /** What a person chose inside, as texts that fit a URL; set it to show the same again. */
  get viewState(): UsageViewState {
    return this.#viewState.get();
  }

  set viewState(state: UsageViewState | undefined) {
    this.#viewState.set(state);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    placeTooltip(this.renderRoot, this.#chart.activeX);
    // Not at first: nobody chose it, and the page stays where it is.
    const isChosen = changed.get('metric') !== undefined || changed.get('isTable') === false;
    if (isChosen && this.isTable) this.#showColumn();
  }

  protected override render(): TemplateResult {
    const { t } = this.localizer;
    return renderCard(this, {
      title: t(texts.trends),
      query: this.#query,
      footer: renderQuietFooter,
      actions: html`${this.hideRange ? nothing : this.#renderDays()}
      ${renderTableToggle(this.localizer, this.isTable, () => (this.isTable = !this.isTable))}`,
      body: html`${this.#renderMetrics()}
      ${renderBody(this, this.#query, {
        inputProblem: rangeProblem(this),
        skeleton: () =>
          html`<div class="chart-bone bone"></div>
            <div class="ghost">${this.#renderLegend('day', 0)}</div>`,
        empty: (trends) => this.#emptyNotice(trends),
        ready: (trends) => this.#renderTrend(trends),
      })}`,
    });
  }

  #renderDays(): TemplateResult {
    const { t, formatters } = this.localizer;
    const segments = TREND_DAYS.map((days) => ({
      value: String(days),
      label: t(texts.rangeDays, { count: formatCount(formatters, days) }, days),
    }));
    const chosen = String(relativeDaysOf(this.#range) ?? '');
    return renderSegments(t(texts.range), segments, chosen, (days) => {
      this.ownRange = { from: `last-${days}-days`, to: '' };
    });
  }

  #renderMetrics(): TemplateResult {
    const { t } = this.localizer;
    const choose = (value: string): void => {
      this.metric = METRICS.find((metric) => metric === value) ?? 'calls';
    };
    const segments = METRICS.map((metric) => ({ value: metric, label: t(METRIC_TEXTS[metric]) }));
    return html`<div class="switch">
      ${renderSegments(t(texts.trendMetric), segments, this.metric, choose)}
      <select
        class="select metric-select"
        aria-label=${t(texts.trendMetric)}
        @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
      >
        ${segments.map(
          ({ value, label }) =>
            html`<option value=${value} .selected=${value === this.metric}>${label}</option>`,
        )}
      </select>
    </div>`;
  }

  /** Of a table that is wider than the element, the part with the figure. */
  #showColumn(): void {
    const heading = this.renderRoot.querySelector('.chart-table [aria-current]');
    heading?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }

  #emptyNotice(trends: Trends): Notice | null {
    if (!this.#toView(trends, this.localizer).isEmpty) return null;
    const { t } = this.localizer;
    return {
      icon: icons.empty(24),
      title: t(texts.trendEmptyTitle),
      text: t(texts.trendEmptyText),
    };
  }

  #renderTrend(trends: Trends): TemplateResult {
    const { localizer, metric } = this;
    const { t } = localizer;
    const view = this.#toView(trends, localizer);
    if (this.isTable)
      return renderTrendTable(this, {
        view,
        caption: t(texts.trends),
        metric,
        page: this.tablePage,
        onPage: (page) => (this.tablePage = page),
      });
    const summary = toTrendSummary(view, toTrendValues(trends, metric), metric, localizer);
    return html`${renderTrendChart(localizer, {
      chart: this.#chart,
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
        ><span class="swatch line series-1"></span>${t(METRIC_TEXTS[this.metric])} ·
        ${t(granularity === 'hour' ? texts.granularityHour : texts.granularityDay)}</span
      >
      ${renderChartHint(this, unfinishedIndex)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-trends': UsageTrends;
  }
}
