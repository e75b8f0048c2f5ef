import type { Trends } from '@usage-kit/server-sdk/contract';
import type { PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import { UsageRangeChangeEvent } from '../events/usage-range-change.js';
import { toPointRange } from '../format/point-range.js';
import type { RangeInput } from '../format/range-input.js';
import type { ChartTable } from '../charts/chart-table.js';
import { placeTooltip } from '../templates/chart.js';
import type { Notice } from '../templates/states.js';
import { renderTrendTable } from '../templates/trend-table.js';
import {
  toTrendTable,
  toTrendTableRows,
  toTrendView,
  type TrendView,
} from '../view-models/trend-view.js';
import type { Metric } from '../view-models/figure.js';
import * as icons from '../templates/icons.js';
import { memoizeLast } from '../utils/memoize-last.js';
import type { Localizer } from '../locales/localizer.js';
import { trendMessages } from '../locales/en/trends.js';
import { RowsController } from '../controllers/rows-controller.js';
import { ChartCardElement } from './chart-card-element.js';

/**
 * Base of the cards with a chart over time.
 *
 * @fires usage-range-change - when a person chose a point of the chart, whose range is `detail`; cancel it to leave the
 *   range unchanged
 * @csspart page-button - the buttons of the table's pages
 * @csspart pager - where the table is in its pages
 * @csspart tooltip - the figures of the chosen point
 * @csspart zone - the time zone
 */
export abstract class TrendCardElement<Data extends Trends> extends ChartCardElement<Data> {
  static override properties: PropertyDeclarations = {
    tablePage: { state: true },
  };

  private tablePage = 1;
  readonly #toTableRows = memoizeLast(toTrendTableRows);
  readonly #rows = new RowsController(this);
  /** Labels and figures of every point; the same object for the same response and language. */
  protected readonly toView: (trends: Data, localizer: Localizer) => TrendView =
    memoizeLast(toTrendView);

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    placeTooltip(this.renderRoot, this.chart.activeX);
  }

  /** Narrows the range to a chosen point's; `undefined` where that is the only one. */
  protected toSelect(trends: Data): ((index: number) => void) | undefined {
    const { points, granularity, range } = trends;
    if (points.length < 2) return undefined;
    return (index) => {
      const point = points[index];
      if (point === undefined) return;
      const chosen = toPointRange(this.localizer.formatters, point, granularity, range.timeZone);
      if (this.dispatchEvent(new UsageRangeChangeEvent(chosen))) this.applyRange(chosen);
    };
  }

  /** Applies a range that a person chose in the chart. */
  protected applyRange(range: RangeInput): void {
    this.settings.setRange?.(range);
  }

  /** Why there is no chart to see; `null` when there is one. */
  protected toEmptyNotice(trends: Data): Notice | null {
    if (!this.toView(trends, this.localizer).isEmpty) return null;
    const { t } = this.localizer;
    return {
      icon: icons.empty(24),
      title: t(trendMessages.trendEmptyTitle),
      text: t(trendMessages.trendEmptyText),
    };
  }

  /** All figures of each point; `metric` is the one that the chart shows, `null` for several. */
  protected toTable(view: TrendView, caption: string, metric: Metric | null): ChartTable {
    const rows = this.#toTableRows(view, this.localizer);
    return toTrendTable(rows, { caption, metric }, this.localizer, this.settings.timeZone);
  }

  /** A table in place of the chart. */
  protected renderTable(table: ChartTable): TemplateResult {
    return renderTrendTable(this.localizer, table, {
      page: this.tablePage,
      onPage: (page) => (this.tablePage = page),
      rows: this.#rows,
    });
  }
}
