import type { RouteName, RouteResponses } from '@usage-kit/server-sdk/contract';
import { createSubscriber } from 'svelte/reactivity';
import {
  createUsageQuery,
  type UsageQuery,
  type UsageQueryOptions,
  type UsageQueryParams,
  type UsageQueryResult,
} from './query/usage-query.js';

export type { UsageQueryOptions, UsageQueryParams, UsageQueryResult };

/**
 * Figures of an endpoint from the page's store, for a component that renders them itself: read `current` in its template.
 *
 * Equal questions of components and elements are one request. Nothing is asked while the page is hidden or offline, on a
 * server, or while no template or effect reads `current`.
 *
 * @param getParams read again when what it reads changes; `null`: there is no question yet
 */
export function useUsageQuery<Name extends RouteName>(
  route: Name,
  getParams: () => UsageQueryParams<Name> | null,
  options?: UsageQueryOptions,
): { readonly current: UsageQueryResult<RouteResponses[Name]> } {
  let tracked: { query: UsageQuery<RouteResponses[Name]>; track: () => void } | null = null;
  return {
    get current() {
      const next = createUsageQuery(route, getParams(), options);
      if (
        tracked === null ||
        tracked.query.key !== next.key ||
        tracked.query.store !== next.store
      ) {
        tracked = { query: next, track: createSubscriber(next.subscribe) };
      }
      tracked.track();
      return tracked.query.getResult();
    },
  };
}
