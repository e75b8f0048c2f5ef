import type { Activity } from '@usage-kit/server-sdk/contract';
import { html, type CSSResultGroup, type PropertyDeclarations, type TemplateResult } from 'lit';
import { LoadedCardElement, type CardBody } from '../../base/loaded-card-element.js';
import { QueryController } from '../../controllers/query-controller.js';
import { toRangeRequest } from '../../controllers/range-query.js';
import type { UsageViewState } from '../../events/usage-view-change.js';
import { glanceMessages } from '../../locales/en/glance.js';
import { metricSwitchStyles } from '../../styles/metric-switch.styles.js';
import { segmentsStyles } from '../../styles/segments.styles.js';
import { renderTableToggle } from '../../templates/chart.js';
import { checkRange } from '../../templates/input-problems.js';
import { renderMetricSwitch } from '../../templates/metric-switch.js';
import { METRICS, toShownMetric, type Metric } from '../../view-models/figure.js';
import { importPart } from '../../utils/import-part.js';

/**
 * When in the week calls were made: one figure by weekday and hour, as shades of a color. The week begins on the day of the
 * language.
 *
 * @summary A figure by weekday and hour.
 * @csspart cell - an hour of a weekday
 * @csspart chart-table - the table in place of the shades
 * @csspart detail - what is said of the hour that is pointed at
 * @csspart heat - the week
 * @csspart legend - what the shades mean
 * @csspart segments - the row of choices
 * @csspart table-toggle - the button that switches between shades and table
 * @csspart zone - the time zone of the hours
 */
export class UsageActivity extends LoadedCardElement<Activity> {
  static readonly tagName: string = 'usage-activity';
  static override properties: PropertyDeclarations = {
    metric: {},
    isTable: { state: true },
  };
  static override styles: CSSResultGroup = [
    LoadedCardElement.styles,
    segmentsStyles,
    metricSwitchStyles,
  ];

  /** Figure shown first; of credits and money the one that `amounts` names. */
  metric: Metric = 'calls';
  private isTable = false;

  protected readonly heading = glanceMessages.activity;
  protected readonly query = new QueryController<Activity>(this, () =>
    toRangeRequest(this, {
      route: 'activity',
      send: (range, options) => this.settings.client.getActivity(range, options),
    }),
  );

  protected override checkInput(): ReturnType<typeof checkRange> {
    return checkRange(this);
  }

  protected override async loadBody(): Promise<CardBody<Activity>> {
    const { ActivityBody } = await importPart(() => import('./activity-body.js'));
    return new ActivityBody(this, () => ({ metric: this.#shownMetric, isTable: this.isTable }));
  }

  protected override renderActions(): TemplateResult {
    return renderTableToggle(this.localizer, this.isTable, () => (this.isTable = !this.isTable));
  }

  protected override renderTop(): TemplateResult {
    return html`<div class="switch">
      ${renderMetricSwitch(this.localizer, this.#shownMetric, (metric) => (this.metric = metric))}
    </div>`;
  }

  protected override readChoices(): Readonly<Record<string, string | undefined>> {
    return {
      metric: this.metric === 'calls' ? undefined : this.metric,
      table: this.isTable ? 'true' : undefined,
    };
  }

  protected override writeChoices({ metric, table }: UsageViewState): void {
    this.metric = METRICS.find((known) => known === metric) ?? 'calls';
    this.isTable = table === 'true';
  }

  get #shownMetric(): Metric {
    return toShownMetric(this.localizer, this.metric);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-activity': UsageActivity;
  }
}
