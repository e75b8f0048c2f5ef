import type { ProjectTrends } from '@usage-kit/server-sdk/contract';
import { html, type CSSResultGroup, type TemplateResult, type PropertyDeclarations } from 'lit';
import type { ChartSpec } from '../../charts/chart-spec.js';
import { QueryController } from '../../controllers/query-controller.js';
import { memoizeLast } from '../../utils/memoize-last.js';
import {
  chooseGranularity,
  resolveElementRange,
  toRangeRequest,
} from '../../controllers/range-query.js';
import { renderStatusFooter } from '../../templates/status-footer.js';
import { renderCard } from '../../templates/card.js';
import { renderChartHint, renderTrendChart } from '../../templates/chart.js';
import { renderBody } from '../../templates/states.js';
import { toTrendSummary, toTrendValues } from '../../view-models/trend-view.js';
import { TrendCardElement } from '../../base/trend-card-element.js';
import { checkProject } from '../../templates/input-problems.js';
import { chartStyles } from '../../styles/chart.styles.js';
import { pagerStyles } from '../../styles/pager.styles.js';
import { statesStyles } from '../../styles/states.styles.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { statusFooterStyles } from '../../styles/status-footer.styles.js';
import { DRAWN, toProjectTrendSpec } from './usage-project-trends.view.js';
import { metricMessages } from '../../locales/en/metrics.js';
import { trendMessages } from '../../locales/en/trends.js';

/**
 * A project's calls (bars, left axis) with average and P95 duration (lines, right axis) over time.
 *
 * @summary Calls and duration of a project over time.
 * @slot back - a way back, shown where there is no such project
 * @csspart legend - what the colors mean
 */
export class UsageProjectTrends extends TrendCardElement<ProjectTrends> {
  static readonly tagName: string = 'usage-project-trends';
  static override properties: PropertyDeclarations = {
    appDid: { attribute: 'app-did' },
  };
  static override styles: CSSResultGroup = [
    TrendCardElement.styles,
    statesStyles,
    controlStyles,
    statusFooterStyles,
    chartStyles,
    pagerStyles,
  ];

  /** The project; nothing is asked for while it is missing. */
  appDid: string | undefined;

  readonly #toSpec = memoizeLast(toProjectTrendSpec);
  protected readonly query = new QueryController<ProjectTrends>(this, () => {
    const { appDid } = this;
    if (!appDid) return null;
    const granularity = chooseGranularity(resolveElementRange(this));
    return toRangeRequest(this, {
      route: 'projectTrends',
      appDid,
      params: { granularity },
      send: (range, options) =>
        this.settings.client.getProjectTrends(appDid, { ...range, granularity }, options),
    });
  });

  protected override toChartSpec(trends: ProjectTrends): ChartSpec {
    const isRtl = getComputedStyle(this).direction === 'rtl';
    return this.#toSpec(trends, this.toView(trends, this.localizer), this.localizer, isRtl);
  }

  protected override render(): TemplateResult {
    return renderCard(this, {
      title: this.localizer.t(trendMessages.callsAndDuration),
      query: this.query,
      footer: renderStatusFooter,
      actions: this.renderToggle(),
      body: renderBody(this, this.query, {
        inputProblem: checkProject(this),
        skeleton: () =>
          html`<div class="chart-skeleton skeleton-block"></div>
            <div class="spacer">${this.#renderLegend(0)}</div>`,
        empty: (trends) => this.toEmptyNotice(trends),
        ready: (trends) => this.#renderTrend(trends),
      }),
    });
  }

  #renderTrend(trends: ProjectTrends): TemplateResult {
    const { localizer } = this;
    const { t } = localizer;
    const view = this.toView(trends, localizer);
    if (this.isTable) return this.renderTable(view, t(trendMessages.callsAndDuration), null);
    const summary = (['calls', 'averageDuration', 'p95Duration'] as const)
      .map((metric) => toTrendSummary(view, toTrendValues(trends, metric), metric, localizer))
      .join(' ');
    return html`${renderTrendChart(localizer, {
      chart: this.chart,
      view,
      summary,
      drawn: DRAWN,
    })}
    ${this.#renderLegend(view.unfinishedIndex)}`;
  }

  #renderLegend(unfinishedIndex: number | null): TemplateResult {
    const { t } = this.localizer;
    return html`<div class="legend" part="legend">
      <span class="legend-item"
        ><span class="swatch series-1"></span>${t(metricMessages.calls)}</span
      >
      <span class="legend-item"
        ><span class="swatch line series-3"></span>${t(metricMessages.averageDuration)}</span
      >
      <span class="legend-item"
        ><span class="swatch dotted series-2"></span>${t(metricMessages.p95Duration)}</span
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
