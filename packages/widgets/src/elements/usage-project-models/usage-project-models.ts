import type { ProjectModels } from '@usage-kit/server-sdk/contract';
import type { PropertyDeclarations } from 'lit';
import { ModelsCardElement } from '../../base/models-card-element.js';
import { QueryController } from '../../controllers/query-controller.js';
import { toRangeRequest } from '../../controllers/range-query.js';
import { checkProject } from '../../templates/input-problems.js';

/**
 * Which models a project's calls went to: a doughnut, and a legend with shares; the long tail is one slice.
 *
 * @summary Models of a project.
 * @slot back - a way back, shown where there is no such project
 */
export class UsageProjectModels extends ModelsCardElement<ProjectModels> {
  static readonly tagName: string = 'usage-project-models';
  static override properties: PropertyDeclarations = {
    appDid: { attribute: 'app-did' },
  };

  /** The project; no request is sent while it is missing. */
  appDid: string | undefined;

  protected readonly query = new QueryController<ProjectModels>(this, () => {
    const { appDid } = this;
    if (!appDid) return null;
    return toRangeRequest(this, {
      route: 'projectModels',
      appDid,
      send: (range, options) => this.settings.client.getProjectModels(appDid, range, options),
    });
  });

  protected override checkInput(): ReturnType<typeof checkProject> {
    return checkProject(this);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-project-models': UsageProjectModels;
  }
}
