import type { RouteName } from '@usage-kit/server-sdk/contract';
import type { QueryParams } from '../client/serialize-query.js';
import type { RangeParams, RequestOptions } from '../client/usage-client.js';
import type { QueryRequest } from './query-controller.js';
import { toQueryKey } from '../store/query-key.js';
import type { RangeInput } from '../format/range-input.js';
import { resolveRange, type ResolvedRange } from '../format/range.js';
import type { UsageElement } from '../base/usage-element.js';

/** A request for a range. */
export interface RangeRequest<T> {
  route: RouteName;
  /** Parameters other than the range; part of the key. */
  params?: QueryParams;
  appDid?: string;
  intervalMs?: number;
  /** In place of the element's range. */
  range?: RangeInput;
  send(range: RangeParams, options: RequestOptions): Promise<T>;
}

/**
 * Makes a query of the store from a request for the element's range; `null` while the range is invalid.
 *
 * The range is resolved when the request is sent, not when the element renders: `last-30-days` follows now.
 */
export function toRangeRequest<T>(
  host: UsageElement,
  request: RangeRequest<T>,
): QueryRequest<T> | null {
  const { store, timeZone } = host.settings;
  const { route, appDid, params = {}, intervalMs = null, range = host.settings.range } = request;
  if (resolveElementRange(host, range) === null) return null;
  const key = toQueryKey(route, { ...params, ...range, timeZone }, appDid);
  return {
    store,
    intervalMs,
    group: `${route} ${appDid ?? ''}`,
    query: {
      key,
      fetch: ({ signal }) => {
        const resolved = resolveElementRange(host, range);
        return request.send({ ...resolved, timeZone }, { signal });
      },
    },
  };
}

/** The instants that a range, the element's by default, means now; `null` when it is invalid. */
export function resolveElementRange(
  { localizer, settings }: UsageElement,
  range: RangeInput = settings.range,
): ResolvedRange | null {
  const { timeZone, store } = settings;
  return resolveRange(localizer.formatters, range, timeZone, store.now());
}

const HOURLY_UP_TO_MS = 7.1 * 86_400_000;

/** Buckets for a trend: hours up to a week (with its 25-hour day), days beyond. */
export function chooseGranularity(range: ResolvedRange | null): 'hour' | 'day' {
  if (range === null) return 'day';
  return Date.parse(range.to) - Date.parse(range.from) <= HOURLY_UP_TO_MS ? 'hour' : 'day';
}
