import type { FailureItem, ProjectFailures } from '@usage-kit/server-sdk/contract';
import type { CSSResultGroup, PropertyDeclarations } from 'lit';
import { LoadedCardElement, type CardBody } from '../../base/loaded-card-element.js';
import { serializeQuery } from '../../client/serialize-query.js';
import { QueryController } from '../../controllers/query-controller.js';
import { toRangeRequest } from '../../controllers/range-query.js';
import { UsageEvidenceSelectEvent } from '../../events/usage-evidence-select.js';
import type { UsageViewState } from '../../events/usage-view-change.js';
import { glanceMessages } from '../../locales/en/glance.js';
import { checkProject } from '../../templates/input-problems.js';
import { usageProjectFailuresStyles } from './usage-project-failures.styles.js';
import { importPart } from '../../utils/import-part.js';

/**
 * Why calls of a project failed, the most frequent reason first: calls with their share, the models, and when the last one was.
 * A reason shows its calls in the call history of the page, filtered by status, and by the model where it is only one.
 *
 * @summary Reasons of a project's failed calls.
 * @fires usage-evidence-select - when a person opens the calls of a reason; cancelable, else a `usage-call-history` of the page shows them
 * @slot back - a way back, shown where there is no such project
 * @csspart failure - a reason
 * @csspart failures - the list of reasons
 * @csspart more - shows the other reasons
 * @csspart note - which failed calls are not in the list
 */
export class UsageProjectFailures extends LoadedCardElement<ProjectFailures> {
  static readonly tagName: string = 'usage-project-failures';
  static override properties: PropertyDeclarations = {
    appDid: { attribute: 'app-did' },
    showsAll: { state: true },
  };
  static override styles: CSSResultGroup = [LoadedCardElement.styles, usageProjectFailuresStyles];

  /** The project; no request is sent while it is missing. */
  appDid: string | undefined;
  private showsAll = false;

  protected readonly heading = glanceMessages.failures;
  protected readonly query = new QueryController<ProjectFailures>(this, () => {
    const { appDid } = this;
    if (!appDid) return null;
    return toRangeRequest(this, {
      route: 'projectFailures',
      appDid,
      send: (range, options) => this.settings.client.getProjectFailures(appDid, range, options),
    });
  });

  protected override checkInput(): ReturnType<typeof checkProject> {
    return checkProject(this);
  }

  protected override async loadBody(): Promise<CardBody<ProjectFailures>> {
    const { FailuresBody } = await importPart(() => import('./failures-body.js'));
    return new FailuresBody(this, {
      showsAll: () => this.showsAll,
      onShowAll: () => (this.showsAll = true),
      onSelect: (failures, item) => this.#select(failures, item),
    });
  }

  protected override readChoices(): Readonly<Record<string, string | undefined>> {
    return { all: this.showsAll ? 'true' : undefined };
  }

  protected override writeChoices({ all }: UsageViewState): void {
    this.showsAll = all === 'true';
  }

  #select({ project, range: { from, to } }: ProjectFailures, { models, calls }: FailureItem): void {
    // No filter names several models.
    const model = models.length === 1 ? (models[0] ?? null) : null;
    const { appDid } = project;
    const evidence = { appDid, model, status: 'failed', type: null, from, to, calls } as const;
    const query = serializeQuery({ model, status: 'failed' }).slice(1);
    if (!this.dispatchEvent(new UsageEvidenceSelectEvent(evidence, query))) return;
    const history = this.#findHistory();
    if (history === null) return;
    history.viewState = { ...(model !== null && { model }), status: 'failed' };
    history.scrollIntoView({ block: 'start' });
  }

  #findHistory(): (HTMLElement & { viewState: UsageViewState }) | null {
    const root = this.getRootNode() as ParentNode;
    return root.querySelector(`usage-call-history[app-did="${CSS.escape(this.appDid ?? '')}"]`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-project-failures': UsageProjectFailures;
  }
}
