import type {
  ProjectRouteName,
  RouteName,
  RouteParams,
  RouteResponses,
} from '@usage-kit/server-sdk/contract';
import type { GetToken } from '../client/token-source.js';
import type { UsageClient } from '../client/usage-client.js';
import { UsageRequestError } from '../client/usage-request-error.js';
import { getConnection, type Connection } from '../context/connection.js';
import { createFormatters, toValidTimeZone } from '../format/intl-cache.js';
import { DEFAULT_FROM } from '../format/range-input.js';
import { resolveRange } from '../format/range.js';
import { toQueryKey } from '../store/query-key.js';
import { getData, type QueryState } from '../store/query-state.js';
import type { UsageStore } from '../store/usage-store.js';
import { hasRange, sendQuery, splitProject } from './send-query.js';

/**
 * What an endpoint is asked: its parameters by the contract, and for one of a project its `appDid`.
 *
 * `from` may also be `last-30-days` (the default), a date or epoch milliseconds, and `to` a date: what the elements take.
 */
export type UsageQueryParams<Name extends RouteName> = RouteParams[Name] &
  (Name extends ProjectRouteName ? { appDid: string } : unknown);

/** Whom a query asks and how often; with an element's settings it shares that element's requests. */
export interface UsageQueryOptions {
  /** Where the endpoints are. @default `/api/usage` */
  baseUrl?: string | undefined;
  /** Supplies embed tokens. Two functions are two identities: make it once, outside of what renders. */
  getToken?: GetToken | undefined;
  /** Replaces the built-in client. */
  client?: UsageClient | undefined;
  /** Replaces the page's shared store. */
  store?: UsageStore | undefined;
  /** Milliseconds between requests, 5,000 at least. @default `null`: the figures are not polled */
  intervalMs?: number | null | undefined;
}

/** What a query shows. */
export interface UsageQueryResult<T> {
  /** `idle` while there are no parameters; data is there in `ready` and `refreshing`, and may be in `failed`. */
  readonly status: QueryState<T>['status'];
  /** The current or the last good response; `null` before the first. */
  readonly data: T | null;
  /** Why the last request failed; `null` when it did not. */
  readonly error: UsageRequestError | null;
  /** When `data` came, epoch milliseconds. */
  readonly updatedAtMs: number | null;
  /** When the store retries by itself, epoch milliseconds; `null` when it does not. */
  readonly retryAtMs: number | null;
  /** Sends the request again because a person wants it; not before the server's `Retry-After`. */
  readonly refetch: () => void;
}

/** One question to the page's store, which an adapter connects to the life of a component. */
export interface UsageQuery<T> {
  /** Equal keys of one store are one request. */
  readonly key: string;
  /** `null` on a server and without parameters: nothing is requested. */
  readonly store: UsageStore | null;
  readonly intervalMs: number | null;
  /** Starts to ask, and calls back after each change of {@link UsageQuery.getResult}; the result stops. */
  readonly subscribe: (onChange: () => void) => () => void;
  /** The same object until something changes. */
  readonly getResult: () => UsageQueryResult<T>;
  /** What a server renders, and a browser before it takes over. */
  readonly getServerResult: () => UsageQueryResult<T>;
}

/**
 * A question to the page's store; requests nothing before it is subscribed to, and nothing at all on a server.
 *
 * @param params `null`: there is no question yet
 */
export function createUsageQuery<Name extends RouteName>(
  route: Name,
  params: UsageQueryParams<Name> | null,
  options: UsageQueryOptions = {},
): UsageQuery<RouteResponses[Name]> {
  if (params === null) return createInertQuery('', 'idle');
  const { key, resolveParams } = toQuestion(route, params);
  if (typeof document === 'undefined') return createInertQuery(key, 'loading');
  const { client, store } = getConnection(options);
  const fetch = ({ signal }: { signal: AbortSignal }): Promise<RouteResponses[Name]> =>
    sendQuery(client, route, resolveParams(store), { signal });
  return connectQuery({ key, fetch }, store, options.intervalMs ?? null);
}

/** The key that elements have for the same question, and its parameters with the instants that they mean when sent. */
function toQuestion<Name extends RouteName>(route: Name, params: UsageQueryParams<Name>) {
  const { appDid, query } = splitProject(params);
  if (!hasRange(route)) {
    return { key: toQueryKey(route, query, appDid), resolveParams: () => params };
  }
  const range = { from: String(query['from'] ?? DEFAULT_FROM), to: String(query['to'] ?? '') };
  const timeZone = toValidTimeZone(query['timeZone'] as string | undefined);
  const key = toQueryKey(route, { ...query, ...range, timeZone }, appDid);
  const resolveParams = (store: UsageStore): UsageQueryParams<Name> => {
    const resolved = resolveRange(createFormatters('en'), range, timeZone, store.now());
    if (resolved === null) throw toRangeError(range.from, range.to);
    return { ...params, ...resolved, timeZone };
  };
  return { key, resolveParams };
}

function toRangeError(from: string, to: string): UsageRequestError {
  return new UsageRequestError(`No range: from “${from}” to “${to}”.`, {
    code: 'PARAMETER_INVALID',
    status: null,
    retryable: false,
  });
}

function connectQuery<T>(
  query: { key: string; fetch(options: { signal: AbortSignal }): Promise<T> },
  store: Connection['store'],
  intervalMs: number | null,
): UsageQuery<T> {
  const { key } = query;
  const refetch = (): void => store.refetch(key);
  const serverResult = toResult<T>({ status: 'loading' }, refetch);
  let result = serverResult;
  const getResult = (): UsageQueryResult<T> => {
    const state = store.getState<T>(key);
    // A key that no component has asked for yet is about to be: a page that shows "idle" for a moment would jump.
    const next = toResult(
      state.status === 'idle' ? ({ status: 'loading' } as const) : state,
      refetch,
    );
    if (!isSameResult(result, next)) result = next;
    return result;
  };
  const subscribe = (onChange: () => void): (() => void) => {
    let known: UsageQueryResult<T> | null = getResult();
    const unsubscribe = store.subscribe(query, {
      intervalMs,
      onChange: () => {
        if (known === null || known === getResult()) return;
        known = getResult();
        onChange();
      },
    });
    return () => {
      known = null;
      // React’s strict mode subscribes twice, and components that change their place do too: the request that the first
      // subscription sent serves the second one, which comes in the same task.
      queueMicrotask(unsubscribe);
    };
  };
  return { key, store, intervalMs, subscribe, getResult, getServerResult: () => serverResult };
}

function createInertQuery<T>(key: string, status: 'idle' | 'loading'): UsageQuery<T> {
  const result = toResult<T>({ status }, () => undefined);
  return {
    key,
    store: null,
    intervalMs: null,
    subscribe: () => () => undefined,
    getResult: () => result,
    getServerResult: () => result,
  };
}

function toResult<T>(state: QueryState<T>, refetch: () => void): UsageQueryResult<T> {
  return {
    status: state.status,
    data: getData(state) ?? null,
    error: state.status === 'failed' ? state.error : null,
    updatedAtMs: ('updatedAtMs' in state ? state.updatedAtMs : undefined) ?? null,
    retryAtMs: state.status === 'failed' ? state.retryAtMs : null,
    refetch,
  };
}

function isSameResult<T>(a: UsageQueryResult<T>, b: UsageQueryResult<T>): boolean {
  return (
    a.status === b.status &&
    a.data === b.data &&
    a.error === b.error &&
    a.updatedAtMs === b.updatedAtMs &&
    a.retryAtMs === b.retryAtMs
  );
}
