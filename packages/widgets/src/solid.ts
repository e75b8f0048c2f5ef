import type { RouteName, RouteResponses } from '@usage-kit/server-sdk/contract';
import { createMemo, createSignal, onCleanup, type Accessor } from 'solid-js';
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
 * server, or after the owner that called it is disposed of.
 *
 * @param getParams read again when what it reads changes; `null`: there is no question yet
 */
export function useUsageQuery<Name extends RouteName>(
  route: Name,
  getParams: Accessor<UsageQueryParams<Name> | null>,
  options?: UsageQueryOptions,
): Accessor<UsageQueryResult<RouteResponses[Name]>> {
  const query = createMemo(() => createUsageQuery(route, getParams(), options), undefined, {
    equals: (before, next) => before.key === next.key && before.store === next.store,
  });
  const result = createMemo(() => {
    const { subscribe, getResult } = query();
    const [current, setCurrent] = createSignal(getResult());
    onCleanup(subscribe(() => setCurrent(getResult)));
    setCurrent(getResult);
    return current;
  });
  return () => result()();
}
