import type { Models } from '@usage-kit/server-sdk/contract';
import { ModelsCardElement } from '../../base/models-card-element.js';
import { QueryController } from '../../controllers/query-controller.js';
import { toRangeRequest } from '../../controllers/range-query.js';
import { checkRange } from '../../templates/input-problems.js';

/**
 * Which models the calls of all projects went to: a doughnut, and a legend with shares; the long tail is one slice.
 *
 * @summary Models of all projects.
 */
export class UsageModels extends ModelsCardElement<Models> {
  static readonly tagName: string = 'usage-models';

  protected readonly query = new QueryController<Models>(this, () =>
    toRangeRequest(this, {
      route: 'models',
      send: (range, options) => this.settings.client.getModels(range, options),
    }),
  );

  protected override checkInput(): ReturnType<typeof checkRange> {
    return checkRange(this);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'usage-models': UsageModels;
  }
}
