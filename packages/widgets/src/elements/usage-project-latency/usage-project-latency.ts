import type { ProjectLatency } from '@usage-kit/server-sdk/contract';
import type { PropertyDeclarations, TemplateResult } from 'lit';
import { LoadedCardElement, type CardBody } from '../../base/loaded-card-element.js';
import { QueryController } from '../../controllers/query-controller.js';
import { toRangeRequest } from '../../controllers/range-query.js';
import type { UsageViewState } from '../../events/usage-view-change.js';
import { glanceMessages } from '../../locales/en/glance.js';
import { renderTableToggle } from '../../templates/chart.js';
import { checkProject } from '../../templates/input-problems.js';
import { importPart } from '../../utils/import-part.js';

/**
 * How the durations of a project's successful calls are distributed: bars of growing width, with marks at the 50th, 95th and
 * 99th percentile.
 *
 * @summary Durations of a project's calls.
 * @slot back - a way back, shown where there is no such project
 * @csspart bars - the bars
 * @csspart chart-table - the table in place of the bars
 * @csspart detail - what is said of the bar that is pointed at
 * @csspart legend - the percentiles
 * @csspart table-toggle - the button that switches between bars and table
 */
export class UsageProjectLatency extends LoadedCardElement<ProjectLatency> {
  static readonly tagName: string = 'usage-project-latency';
  static override properties: PropertyDeclarations = {
    appDid: { attribute: 'app-did' },
    isTable: { state: true },
  };

  /** The project; no request is sent while it is missing. */
  appDid: string | undefined;
  private isTable = false;

  protected readonly heading = glanceMessages.latency;
  protected readonly query = new QueryController<ProjectLatency>(this, () => {
    const { appDid } = this;
    if (!appDid) return null;
    return toRangeRequest(this, {
      route: 'projectLatency',
      appDid,
      send: (range, options) => this.settings.client.getProjectLatency(appDid, range, options),
    });
  });

  protected override checkInput(): ReturnType<typeof checkProject> {
    return checkProject(this);
  }

  protected override async loadBody(): Promise<CardBody<ProjectLatency>> {
    const { LatencyBody } = await importPart(() => import('./latency-body.js'));
    return new LatencyBody(this, () => this.isTable);
  }

  protected override renderActions(): TemplateResult {
    return renderTableToggle(this.localizer, this.isTable, () => (this.isTable = !this.isTable));
  }

  protected override readChoices(): Readonly<Record<string, string | undefined>> {
    return { table: this.isTable ? 'true' : undefined };
  }

  protected override writeChoices({ table }: UsageViewState): void {
    this.isTable = table === 'true';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-project-latency': UsageProjectLatency;
  }
}
