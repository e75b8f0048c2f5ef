import type { ProjectTrends } from '@usage-kit/server-sdk/contract';
import {
  html,
  type CSSResultGroup,
  type PropertyValues,
  type TemplateResult,
  type PropertyDeclarations,
} from 'lit';
import { ChartController } from '../../controllers/chart-controller.js';
import { QueryController } from '../../controllers/query-controller.js';
import { AppDidElement } from '../../internal/app-did-element.js';
import * as icons from '../../internal/icons.js';
import { memoizeLast } from '../../internal/memoize-last.js';
import { granularityFor, resolveRangeFor, toRangeRequest } from '../../internal/range-query.js';
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
import { toTrendSummary, toTrendValues, toTrendView } from '../../internal/trend-view.js';
import { UsageElement } from '../../internal/usage-element.js';
import { dataOf } from '../../store/query-state.js';
import { chartStyles } from '../../styles/chart.styles.js';
import { pagerStyles } from '../../styles/pager.styles.js';
import { statesStyles } from '../../styles/states.styles.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { quietFooterStyles } from '../../styles/quiet-footer.styles.js';
import { DRAWN, toProjectTrendSpec } from './usage-project-trends.view.js';
import * as texts from '../../locales/en.js';

/**
 * A project's calls (bars, left axis) with average and P95 duration (lines, right axis) over time.
 *
 * @summary Calls and duration of a project over time.
 * @fires usage-load - after each answer
 * @fires usage-error - when a request failed
 * @fires usage-auth-required - when the server knows nobody
 * @slot actions - beside the heading, e.g. a link
 * @slot back - a way back, shown where there is no such project
 * @slot title - in place of the heading
 * @csspart actions - what stands beside the heading
 * @csspart banner - what is wrong with old data, and its age
 * @csspart card - the frame
 * @csspart chart - the box of the canvas
 * @csspart chart-table - the table in place of the chart
 * @csspart content - what is shown of the data
 * @csspart footer - the last line of the frame
 * @csspart header - heading and actions
 * @csspart legend - what the colours mean
 * @csspart notice - why there is nothing to see
 * @csspart page-button - the buttons of the table's pages
 * @csspart pager - where the table is in its pages
 * @csspart request-id - names a failed request to whoever is asked for help
 * @csspart retry - asks again
 * @csspart skeleton - what stands in the place of data that is loading
 * @csspart table-toggle - the button that switches between chart and table
 * @csspart title - the heading
 * @csspart tooltip - the figures of the chosen point
 * @csspart zone - the time zone
 */
export class UsageProjectTrends extends AppDidElement {
  static readonly tagName: string = 'usage-project-trends';
  static override properties: PropertyDeclarations = {
    isTable: { state: true },
    tablePage: { state: true },
  };
  static override styles: CSSResultGroup = [
    UsageElement.styles,
    statesStyles,
    controlStyles,
    quietFooterStyles,
    chartStyles,
    pagerStyles,
  ];

  private isTable = false;
  private tablePage = 1;

  readonly #toView = memoizeLast(toTrendView);
  readonly #toSpec = memoizeLast(toProjectTrendSpec);
  readonly #query = new QueryController<ProjectTrends>(this, () => {
    const { appDid } = this;
    if (!appDid) return null;
    const granularity = granularityFor(resolveRangeFor(this));
    return toRangeRequest(this, {
      route: 'projectTrends',
      appDid,
      params: { granularity },
      ask: (range, options) =>
        this.settings.client.getProjectTrends(appDid, { ...range, granularity }, options),
    });
  });
  readonly #chart = new ChartController(this, () => {
    const trends = this.#data;
    if (trends === undefined || this.isTable) return null;
    const isRtl = getComputedStyle(this).direction === 'rtl';
    return this.#toSpec(trends, this.#toView(trends, this.localizer), this.localizer, isRtl);
  });

  get #data(): ProjectTrends | undefined {
    const { state: queryState } = this.#query;
    if (queryState.status === 'loading') return queryState.placeholder;
    return dataOf(queryState);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    placeTooltip(this.renderRoot, this.#chart.activeX);
  }

  protected override render(): TemplateResult {
    return renderCard(this, {
      title: this.localizer.t(texts.callsAndDuration),
      query: this.#query,
      footer: renderQuietFooter,
      actions: renderTableToggle(
        this.localizer,
        this.isTable,
        () => (this.isTable = !this.isTable),
      ),
      body: renderBody(this, this.#query, {
        inputProblem: this.inputProblem,
        skeleton: () =>
          html`<div class="chart-bone bone"></div>
            <div class="ghost">${this.#renderLegend(0)}</div>`,
        empty: (trends) => this.#emptyNotice(trends),
        ready: (trends) => this.#renderTrend(trends),
      }),
    });
  }

  #emptyNotice(trends: ProjectTrends): Notice | null {
    if (!this.#toView(trends, this.localizer).isEmpty) return null;
    const { t } = this.localizer;
    return {
      icon: icons.empty(24),
      title: t(texts.trendEmptyTitle),
      text: t(texts.trendEmptyText),
    };
  }

  #renderTrend(trends: ProjectTrends): TemplateResult {
    const { localizer } = this;
    const { t } = localizer;
    const view = this.#toView(trends, localizer);
    if (this.isTable)
      return renderTrendTable(this, {
        view,
        caption: t(texts.callsAndDuration),
        metric: null,
        page: this.tablePage,
        onPage: (page) => (this.tablePage = page),
      });
    const summary = (['calls', 'averageDuration', 'p95Duration'] as const)
      .map((metric) => toTrendSummary(view, toTrendValues(trends, metric), metric, localizer))
      .join(' ');
    return html`${renderTrendChart(localizer, {
      chart: this.#chart,
      view,
      summary,
      drawn: DRAWN,
    })}
    ${this.#renderLegend(view.unfinishedIndex)}`;
  }

  #renderLegend(unfinishedIndex: number | null): TemplateResult {
    const { t } = this.localizer;
    return html`<div class="legend" part="legend">
      <span class="legend-item"><span class="swatch series-1"></span>${t(texts.calls)}</span>
      <span class="legend-item"
        ><span class="swatch line series-3"></span>${t(texts.averageDuration)}</span
      >
      <span class="legend-item"
        ><span class="swatch dotted series-2"></span>${t(texts.p95Duration)}</span
      >
      ${renderChartHint(this, unfinishedIndex)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-project-trends': UsageProjectTrends;
  }
}
