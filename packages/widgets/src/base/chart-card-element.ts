import type { PropertyDeclarations, TemplateResult } from 'lit';
import type { ChartSpec } from '../charts/chart-spec.js';
import { ChartController } from '../controllers/chart-controller.js';
import type { UsageViewState } from '../events/usage-view-change.js';
import { renderTableToggle } from '../templates/chart.js';
import { ChoiceCardElement } from './choice-card-element.js';

/**
 * Base of the cards with a chart, which a person can switch to a table of the same figures.
 *
 * @csspart chart - the box of the canvas
 * @csspart chart-table - the table in place of the chart
 * @csspart table-toggle - the button that switches between chart and table
 */
export abstract class ChartCardElement<Data> extends ChoiceCardElement<Data> {
  static override properties: PropertyDeclarations = {
    isTable: { state: true },
  };

  /** Whether the table is shown in place of the chart. */
  protected isTable = false;

  /** Draws {@link toChartSpec} while the chart is shown. */
  protected readonly chart: ChartController = new ChartController(this, () => {
    const { data } = this;
    return data === undefined || this.isTable ? null : this.toChartSpec(data);
  });

  /** The chart of the data; the same object while nothing changed, which saves a redraw. */
  protected abstract toChartSpec(data: Data): ChartSpec | null;

  protected override readChoices(): Readonly<Record<string, string | undefined>> {
    return { table: this.isTable ? 'true' : undefined };
  }

  protected override writeChoices({ table }: UsageViewState): void {
    this.isTable = table === 'true';
  }

  /** The button that switches between chart and table. */
  protected renderToggle(): TemplateResult {
    return renderTableToggle(this.localizer, this.isTable, () => (this.isTable = !this.isTable));
  }
}
