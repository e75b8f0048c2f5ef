import type { RouteName } from '@usage-kit/server-sdk/contract';
import { toEndpointUrl, type QueryParams } from '../client/serialize-query.js';

/**
 * Key of a query within one store: its path and sorted query.
 *
 * Ranges go in as written (`last-30-days`), not as instants: the key of a range that follows now must not change with
 * every tick, and two elements that load a second apart share a request.
 */
export function toQueryKey(route: RouteName, params: QueryParams, appDid?: string): string {
  return toEndpointUrl('', route, params, appDid);
}
