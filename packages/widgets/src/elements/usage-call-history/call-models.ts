import type { ProjectModels } from '@usage-kit/server-sdk/contract';
import type { UsageElement } from '../../base/usage-element.js';
import { QueryController } from '../../controllers/query-controller.js';
import { toRangeRequest } from '../../controllers/range-query.js';
import { getData } from '../../store/query-state.js';

/**
 * Names of the models to filter by.
 *
 * The same query as that of usage-project-models: on a project's page it costs no request. It is sent once there are calls, so
 * that a server that fails one request does not get the other.
 */
export class CallModels {
  readonly #query: QueryController<ProjectModels>;

  /** @param getAppDid the project; `undefined` while there are no calls */
  constructor(host: UsageElement, getAppDid: () => string | undefined) {
    this.#query = new QueryController<ProjectModels>(
      host,
      () => {
        const appDid = getAppDid();
        if (!appDid) return null;
        return toRangeRequest(host, {
          route: 'projectModels',
          appDid,
          send: (range, options) => host.settings.client.getProjectModels(appDid, range, options),
        });
      },
      { isSilent: true },
    );
  }

  /** The most used first; none before the answer. */
  get names(): readonly string[] {
    const models = getData(this.#query.state)?.items ?? [];
    return [...new Set(models.map(({ model }) => model))];
  }
}
