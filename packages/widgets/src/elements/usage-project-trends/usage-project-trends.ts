import type { ProjectTrendGrouping, ProjectTrends } from '@usage-kit/server-sdk/contract';
import {
  html,
  nothing,
  type CSSResultGroup,
  type TemplateResult,
  type PropertyDeclarations,
} from 'lit';
import type { UsageViewState } from '../../events/usage-view-change.js';
import type { ChartSpec } from '../../charts/chart-spec.js';
import {
  BreakdownController,
  NO_PARTS,
  type LegendParts,
} from '../../controllers/breakdown-controller.js';
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
import { breakdownStyles } from '../../styles/breakdown.styles.js';
import { chartStyles } from '../../styles/chart.styles.js';
import { pagerStyles } from '../../styles/pager.styles.js';
import { statesStyles } from '../../styles/states.styles.js';
import { controlStyles } from '../../styles/controls.styles.js';
import { statusFooterStyles } from '../../styles/status-footer.styles.js';
import { DRAWN, toProjectTrendSpec } from './usage-project-trends.view.js';
import { metricMessages } from '../../locales/en/metrics.js';
import { trendMessages } from '../../locales/en/trends.js';

const GROUPINGS: readonly ProjectTrendGrouping[] = ['model', 'provider', 'type'];
const OTHERS = [
  { metric: 'averageDuration', color: DRAWN.averageDuration },
  { metric: 'p95Duration', color: DRAWN.p95Duration },
] as const;

/**
 * A project's calls (bars, left axis) with average and P95 duration (lines, right axis) over time.
 *
 * @summary Calls and duration of a project over time.
 * @slot back - a way back, shown where there is no such project
 * @csspart breakdown - the choice of groups
 * @csspart compare - shows the period before
 * @csspart group - a group below the chart, which shows it alone
 * @csspart group-toggle - hides a group or shows it
 * @csspart legend - what the colors mean
 */
export class UsageProjectTrends extends TrendCardElement<ProjectTrends> {
  static readonly tagName: string = 'usage-project-trends';
  static override properties: PropertyDeclarations = {
    appDid: { attribute: 'app-did' },
    groupBy: { attribute: 'group-by' },
    compare: { type: Boolean },
  };
  static override styles: CSSResultGroup = [
    TrendCardElement.styles,
    statesStyles,
    controlStyles,
    statusFooterStyles,
    chartStyles,
    breakdownStyles,
    pagerStyles,
  ];

  /** The project; no request is sent while it is missing. */
  appDid: string | undefined;

  /** Breaks the calls down: `model`, `provider` or `type`. */
  groupBy: ProjectTrendGrouping | undefined;
  /** Shows the calls of the period before, too. */
  compare = false;

  readonly #toSpec = memoizeLast(toProjectTrendSpec);
  readonly #breakdown = new BreakdownController(this, GROUPINGS, OTHERS);
  protected readonly query = new QueryController<ProjectTrends>(this, () => {
    const { appDid } = this;
    if (!appDid) return null;
    const granularity = chooseGranularity(resolveElementRange(this));
    const { groupBy, ...more } = this.#breakdown.toParams('calls');
    const grouping = GROUPINGS.find((known) => known === groupBy);
    const params = { granularity, groupBy: grouping, ...more };
    return toRangeRequest(this, {
      route: 'projectTrends',
      appDid,
      params,
      send: async (range, options) => {
        const { client } = this.settings;
        const trends = await client.getProjectTrends(appDid, { ...range, ...params }, options);
        return this.#breakdown.mark(trends, grouping);
      },
    });
  });

  protected override readChoices(): Readonly<Record<string, string | undefined>> {
    return { ...super.readChoices(), ...this.#breakdown.readChoices() };
  }

  protected override writeChoices(state: UsageViewState): void {
    super.writeChoices(state);
    this.#breakdown.writeChoices(state);
  }

  protected override toChartSpec(trends: ProjectTrends): ChartSpec {
    const isRtl = getComputedStyle(this).direction === 'rtl';
    const view = this.toView(trends, this.localizer);
    const spec = this.#toSpec(view, this.localizer, isRtl);
    return this.#breakdown.toSpec(spec, trends, 'calls', this.localizer);
  }

  protected override render(): TemplateResult {
    return renderCard(this, {
      title: this.localizer.t(trendMessages.callsAndDuration),
      query: this.query,
      footer: renderStatusFooter,
      actions: html`${this.#breakdown.renderControls()} ${this.renderToggle()}`,
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
    if (this.isTable) {
      const caption = t(trendMessages.callsAndDuration);
      const broken = this.#breakdown.toTable(trends, view, 'calls', caption);
      return this.renderTable(broken ?? this.toTable(view, caption, null));
    }
    const summary = (['calls', 'averageDuration', 'p95Duration'] as const)
      .map((metric) => toTrendSummary(view, toTrendValues(trends, metric), metric, localizer))
      .join(' ');
    return html`${renderTrendChart(localizer, {
      chart: this.chart,
      view,
      summary,
      drawn: DRAWN,
      point: this.#breakdown.toPointTexts(trends, 'calls'),
      onSelect: this.toSelect(trends),
    })}
    ${this.#breakdown.renderGroups(trends, 'calls')}
    ${this.#renderLegend(view.unfinishedIndex, this.#breakdown.toLegendParts(trends, 'calls'))}`;
  }

  #renderLegend(
    unfinishedIndex: number | null,
    { hasGroups, before }: LegendParts = NO_PARTS,
  ): TemplateResult {
    const { t } = this.localizer;
    return html`<div class="legend" part="legend">
      <span class="legend-item"
        >${hasGroups ? nothing : html`<span class="swatch series-1"></span>`}${t(
          metricMessages.calls,
        )}</span
      >
      ${before} ${hasGroups ? nothing : this.#renderDurations()}
      ${renderChartHint(this, unfinishedIndex)}
    </div>`;
  }

  #renderDurations(): TemplateResult {
    const { t } = this.localizer;
    return html`<span class="legend-item"
        ><span class="swatch line series-3"></span>${t(metricMessages.averageDuration)}</span
      >
      <span class="legend-item"
        ><span class="swatch dotted series-2"></span>${t(metricMessages.p95Duration)}</span
      >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-project-trends': UsageProjectTrends;
  }
}
