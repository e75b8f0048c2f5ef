import type { RouteName, RouteResponses } from '@usage-kit/server-sdk/contract';
import { useMemo, useSyncExternalStore } from 'react';
import {
  createUsageQuery,
  type UsageQueryOptions,
  type UsageQueryParams,
  type UsageQueryResult,
} from './query/usage-query.js';

export type { UsageQueryOptions, UsageQueryParams, UsageQueryResult };

/**
 * Figures of an endpoint from the page's store, for a component that renders them itself.
 *
 * Equal questions of components and elements are one request. Nothing is asked while the page is hidden or offline, on a
 * server, or after the last component is unmounted. `params` may be a new object each time; what it says counts.
 *
 * @param params `null`: there is no question yet
 */
export function useUsageQuery<Name extends RouteName>(
  route: Name,
  params: UsageQueryParams<Name> | null,
  options?: UsageQueryOptions,
): UsageQueryResult<RouteResponses[Name]> {
  const next = createUsageQuery(route, params, options);
  const query = useMemo(() => next, [next.key, next.store, next.intervalMs]);
  return useSyncExternalStore(query.subscribe, query.getResult, query.getServerResult);
}
