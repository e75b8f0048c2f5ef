import type { TrendGrouping, TrendParams, Trends } from '@usage-kit/server-sdk/contract';
import { nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { UsageElement } from '../base/usage-element.js';
import type { Breakdown, DrawnMetric } from '../breakdown/group-view.js';
import type { ChartTable } from '../charts/chart-table.js';
import type { CartesianSpec } from '../charts/chart-spec.js';
import type { UsageViewState } from '../events/usage-view-change.js';
import type { Localizer } from '../locales/localizer.js';
import { renderBreakdownControls } from '../templates/breakdown-controls.js';
import type { PointTexts } from '../templates/chart.js';
import { isolateGroup, toggleGroup } from '../view-models/hidden-groups.js';
import { memoizeLast } from '../utils/memoize-last.js';
import type { Metric } from '../view-models/figure.js';
import type { TrendView } from '../view-models/trend-view.js';
import { importPart } from '../utils/import-part.js';

type BreakdownModule = typeof import('../breakdown/index.js');

/** An element with a trend that can be broken down and compared. */
export interface BreakdownHost extends UsageElement {
  groupBy: TrendGrouping | undefined;
  compare: boolean;
}

/** A trend that is broken down or compared, and what shows it. */
export interface BrokenDown {
  module: BreakdownModule;
  breakdown: Breakdown;
}

/** What the line below a chart has because of groups, and of the period before. */
export interface LegendParts {
  /** Whether colors are those of groups. */
  hasGroups: boolean;
  before: TemplateResult | typeof nothing;
}

/** Those of a chart without groups. */
export const NO_PARTS: LegendParts = { hasGroups: false, before: nothing };

/** By what a response is broken down, which it does not say; it outlives the wish while the next one loads. */
const groupings = new WeakMap<Trends, TrendGrouping>();

/** The choice by what a trend is broken down, and which groups are shown. What shows groups is loaded with the first choice. */
export class BreakdownController implements ReactiveController {
  readonly #host: BreakdownHost;
  readonly #groupings: readonly TrendGrouping[];
  readonly #toBreakdown = memoizeLast(
    (groupBy: TrendGrouping | null, metric: Metric, hidden: ReadonlySet<number>): Breakdown => ({
      ...{ groupBy, metric, hidden, others: this.#others },
    }),
  );
  readonly #others: readonly DrawnMetric[];
  #breakDownSpec: BreakdownModule['breakDownSpec'] | null = null;
  #toTableRows: BreakdownModule['toGroupTableRows'] | null = null;
  #module: BreakdownModule | null = null;
  #isLoading = false;
  #hidden: ReadonlySet<number> = new Set();
  #groups = '';

  /**
   * @param available what the element can be broken down by
   * @param others what its chart has besides the figure that is broken down
   */
  constructor(
    host: BreakdownHost,
    available: readonly TrendGrouping[],
    others: readonly DrawnMetric[] = [],
  ) {
    this.#host = host;
    this.#groupings = available;
    this.#others = others;
    host.addController(this);
  }

  hostUpdate(): void {
    const { groupBy, compare } = this.#host;
    if ((groupBy === undefined && !compare) || this.#isLoading) return;
    this.#isLoading = true;
    importPart(() => import('../breakdown/index.js')).then(
      (module) => {
        this.#module = module;
        this.#toTableRows = memoizeLast(module.toGroupTableRows);
        this.#breakDownSpec = memoizeLast(module.breakDownSpec);
        this.#host.requestUpdate();
      },
      () => {
        // The trend is shown without groups; the next update tries again.
        this.#isLoading = false;
      },
    );
  }

  /** The choices as text by name; `undefined` for a default. */
  readChoices(): Readonly<Record<'group' | 'compare', string | undefined>> {
    const { groupBy, compare } = this.#host;
    return { group: groupBy, compare: compare ? 'previous' : undefined };
  }

  /** Applies choices that a page stored. */
  writeChoices({ group, compare }: UsageViewState): void {
    this.#host.groupBy = this.#groupings.find((known) => known === group);
    this.#host.compare = compare === 'previous';
  }

  /** What is asked for besides the range. @param metric decides which groups are the largest */
  toParams(metric: Metric): Pick<TrendParams, 'groupBy' | 'topBy' | 'compare'> {
    const groupBy = this.#groupings.find((known) => known === this.#host.groupBy);
    const topBy =
      metric === 'tokens' || metric === 'credits' || metric === 'cost' ? metric : 'calls';
    return {
      ...(groupBy !== undefined && { groupBy, topBy }),
      ...(this.#host.compare && { compare: 'previous' }),
    };
  }

  /** Remembers by what a response is broken down. */
  mark<Data extends Trends>(trends: Data, groupBy: TrendGrouping | undefined): Data {
    if (groupBy !== undefined) groupings.set(trends, groupBy);
    return trends;
  }

  /** How a trend is shown; `null`: as it is without groups. */
  find(trends: Trends, metric: Metric): BrokenDown | null {
    const groupBy = groupings.get(trends) ?? null;
    if (this.#module === null || (groupBy === null && trends.previous === undefined)) return null;
    const groups = JSON.stringify([groupBy, trends.groups?.map(({ key }) => key)]);
    if (groups !== this.#groups) this.#hidden = new Set();
    this.#groups = groups;
    return { module: this.#module, breakdown: this.#toBreakdown(groupBy, metric, this.#hidden) };
  }

  /** The chart of a trend with its groups; the same object while nothing changed. */
  toSpec(spec: CartesianSpec, trends: Trends, metric: Metric, localizer: Localizer): CartesianSpec {
    const found = this.find(trends, metric);
    if (found === null || this.#breakDownSpec === null) return spec;
    return this.#breakDownSpec(spec, trends, found.breakdown, localizer);
  }

  /** What the tooltip says of a point; `undefined`: all its figures. */
  toPointTexts(trends: Trends, metric: Metric): PointTexts | undefined {
    const found = this.find(trends, metric);
    if (found === null) return undefined;
    const { module, breakdown } = found;
    const { localizer } = this.#host;
    return {
      render: (point) => module.renderPoint(localizer, trends, point, breakdown),
      describe: (point) => module.describePoint(localizer, trends, point, breakdown),
    };
  }

  /** The table by group; `null`: one of all figures. */
  toTable(trends: Trends, view: TrendView, metric: Metric, caption: string): ChartTable | null {
    const found = this.find(trends, metric);
    if (found === null || this.#toTableRows === null) return null;
    const { module, breakdown } = found;
    const { localizer } = this.#host;
    const headings = module.toGroupHeadings(trends, breakdown, localizer);
    const rows = this.#toTableRows(trends, view, breakdown, localizer);
    return { caption, headings, chosen: 0, rows };
  }

  /** What the legend of the chart has besides its groups. */
  toLegendParts(trends: Trends, metric: Metric): LegendParts {
    const found = this.find(trends, metric);
    if (found === null) return NO_PARTS;
    const { module, breakdown } = found;
    return {
      hasGroups: breakdown.groupBy !== null,
      before: module.renderBeforeLegend(this.#host.localizer, trends),
    };
  }

  /** The groups below the chart. */
  renderGroups(trends: Trends, metric: Metric): TemplateResult | typeof nothing {
    const found = this.find(trends, metric);
    if (found === null) return nothing;
    const { module, breakdown } = found;
    const { localizer } = this.#host;
    const groups = module.toGroupViews(trends, breakdown, localizer);
    return module.renderGroupLegend(localizer, groups, {
      onToggle: (index) => this.#hide(toggleGroup(this.#hidden, index)),
      onIsolate: (index) => this.#hide(isolateGroup(this.#hidden, index, groups.length)),
    });
  }

  #hide(hidden: ReadonlySet<number>): void {
    this.#hidden = hidden;
    this.#host.requestUpdate();
  }

  /** The choice of groups, and whether the period before is shown. */
  renderControls(): TemplateResult {
    const { groupBy, compare, localizer } = this.#host;
    return renderBreakdownControls(localizer, {
      groupings: this.#groupings,
      groupBy,
      compare,
      onGroupBy: (chosen) => (this.#host.groupBy = chosen),
      onCompare: (isCompared) => (this.#host.compare = isCompared),
    });
  }
}
