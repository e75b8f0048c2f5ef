import type {
  AdviceItem,
  Problem,
  RouteName,
  RouteParams,
  RouteResponses,
} from '@usage-kit/server-sdk/contract';
import { createAlertClient, createIdempotencyKey, type WriteRequest } from './alert-client.js';
import { findWrongField } from './check-body.js';
import { parseRetryAfter } from './parse-retry-after.js';
import { BodyTooLongError, readJson } from './read-body.js';
import { getOrigin, resolveBaseUrl } from './resolve-base-url.js';
import { toEndpointUrl, toExportUrl, toWriteAddress, type QueryParams } from './serialize-query.js';
import { createTokenSource, type GetToken } from './token-source.js';
import type { RangeParams, RequestOptions, UsageClient } from './usage-client.js';
import { UsageRequestError, type UsageErrorCode } from './usage-request-error.js';

const REQUEST_TIMEOUT_MS = 30_000;
const MAX_PROBLEM_CHARACTERS = 500;
const BAD_RESPONSE: UsageErrorCode = 'BAD_RESPONSE';

/** Options of {@link createUsageClient}; only `baseUrl` has no default. */
export interface UsageClientOptions {
  /** Where the endpoints live, e.g. `/api/usage` or `https://api.example.com/usage`. */
  baseUrl: string;
  /** Supplies embed tokens; without it requests carry the page's cookies. */
  getToken?: GetToken | undefined;
  /** @default globalThis.fetch */
  fetch?: typeof fetch | undefined;
  /** The only origin that tokens may be sent to. @default the origin of `baseUrl` */
  tokenOrigin?: string | undefined;
  /** Current epoch milliseconds, for `Retry-After` dates. */
  now: () => number;
}

/** A request below the base URL, without its token. */
interface SentRequest {
  method: string;
  url: string;
  /** The body as JSON; `undefined`: none. */
  json?: object | undefined;
  /** The same for a request that is sent again. */
  idempotencyKey?: string;
}

/** Sends a request, with a token where the page has one. @param toRequest makes the request of the base URL */
type Send = (
  toRequest: (baseUrl: string) => SentRequest,
  settings: RequestSettings,
) => Promise<Response>;

/** How a request is sent. */
interface RequestSettings {
  signal: AbortSignal | undefined;
  accept: string;
  /** `null`: the response may take any time. */
  timeoutMs: number | null;
}

/**
 * Client over `fetch`.
 *
 * `baseUrl` is resolved against the document's own address, never against its `<base>`. A token is sent to one origin only,
 * and no redirect is followed. Every body is checked against the contract: a wrong one is the error `BAD_RESPONSE`.
 * A 401 calls `getToken` once (single-flight over all requests) and repeats the request once; a second 401 is thrown.
 * Caching is left to the browser (`cache: 'no-cache'` revalidates by ETag without a hand-set header).
 *
 * @returns a client whose methods reject with {@link UsageRequestError}; an aborted request rejects with the reason of
 *   its signal
 */
export function createUsageClient(options: UsageClientOptions): UsageClient {
  const send = createSend(options);
  const sendForJson = async (
    toRequest: (baseUrl: string) => SentRequest,
    signal: AbortSignal | undefined,
  ): Promise<unknown> => {
    const settings = { signal, accept: 'application/json', timeoutMs: REQUEST_TIMEOUT_MS };
    return readBody(await send(toRequest, settings), options.now);
  };
  const read = async <Name extends RouteName>(
    route: Name,
    params: RouteParams[Name] & QueryParams,
    { signal }: RequestOptions = {},
    appDid?: string,
  ): Promise<RouteResponses[Name]> => {
    const body = await sendForJson(
      (baseUrl) => ({ method: 'GET', url: toEndpointUrl(baseUrl, route, params, appDid) }),
      signal,
    );
    // Checked just now, field by field.
    return requireRight(route, await findWrong(route, body), body) as RouteResponses[Name];
  };
  const change = async (
    adviceId: string,
    state: AdviceItem['state'],
    range: Pick<RangeParams, 'from' | 'to'>,
    { signal }: RequestOptions = {},
  ): Promise<unknown> => {
    const { toAdviceRequest } = await import('./advice-requests.js');
    const { method, path, json, findWrong } = toAdviceRequest(adviceId, state, range);
    const url = (baseUrl: string): string => baseUrl.replace(/\/+$/, '') + path;
    const body = await sendForJson((baseUrl) => ({ method, url: url(baseUrl), json }), signal);
    return requireRight(path, findWrong?.(body) ?? null, body);
  };
  const write: WriteRequest = async (name, id, json, { signal } = {}) =>
    sendForJson(
      (baseUrl) => ({
        ...toWriteAddress(baseUrl, name, id),
        ...(json !== undefined && { json }),
        idempotencyKey: createIdempotencyKey(),
      }),
      signal,
    );
  return {
    ...createAlertClient(write, {
      getAlerts: (o) => read('alerts', {}, o),
      getBudgets: (o) => read('budgets', {}, o),
    }),
    getQuota: (o) => read('quota', {}, o),
    getQuotaDetails: (p, o) => read('quotaDetails', { ...p }, o),
    getAdvice: (p, o) => read('advice', { ...p }, o),
    keepAdvice: (id, state, range, o) => change(id, state, range, o) as Promise<AdviceItem>,
    reopenAdvice: async (id, o) => {
      await change(id, 'open', {}, o);
    },
    getOverview: (p, o) => read('overview', { ...p }, o),
    getProjects: (p, o) => read('projects', { ...p }, o),
    getTrends: (p, o) => read('trends', { ...p }, o),
    getProjectStats: (appDid, p, o) => read('projectStats', { ...p }, o, appDid),
    getProjectTrends: (appDid, p, o) => read('projectTrends', { ...p }, o, appDid),
    getProjectModels: (appDid, p, o) => read('projectModels', { ...p }, o, appDid),
    getProjectCalls: (appDid, p, o) => read('projectCalls', { ...p }, o, appDid),
    exportFile: async (kind, params, { signal } = {}) => {
      const response = await send(
        (baseUrl) => ({ method: 'GET', url: toExportUrl(baseUrl, kind, { ...params }) }),
        { signal, accept: '*/*', timeoutMs: null },
      );
      const { body, ok } = response;
      if (ok && body !== null) return { body, fileName: readFileName(response) };
      await readBody(response, options.now);
      throw toRequestError(response, undefined, options.now);
    },
  };
}

/** The checks of advice are loaded with the first: pages without it need none of them. */
async function findWrong(route: RouteName, body: unknown): Promise<string | null> {
  if (route !== 'advice') return findWrongField(route, body);
  return (await import('./advice-requests.js')).findWrongAdvice(body);
}

/** @param wrong what a check found @throws UsageRequestError `BAD_RESPONSE` */
function requireRight(name: string, wrong: string | null, body: unknown): unknown {
  if (wrong === null) return body;
  throw new UsageRequestError(`The response does not match the contract: ${name}${wrong}.`, {
    code: BAD_RESPONSE,
    status: 200,
    retryable: true,
  });
}

/** The name in `Content-Disposition`; `null` for a server that hides it. */
function readFileName({ headers }: Response): string | null {
  const disposition = headers.get('content-disposition') ?? '';
  return /filename="([\w.-]{1,120})"/.exec(disposition)?.[1] ?? null;
}

function createSend(options: UsageClientOptions): Send {
  const { getToken, now } = options;
  const tokens = getToken === undefined ? null : createTokenSource(getToken, now);
  const baseUrl = resolveBaseUrl(options.baseUrl);
  return async (toRequest, settings) => {
    if (baseUrl === null)
      throw toSettingsError('BASE_URL_INVALID', 'base-url is not a web address');
    const { tokenOrigin = getOrigin(baseUrl) } = options;
    if (tokens !== null && tokenOrigin !== getOrigin(baseUrl)) {
      throw toSettingsError('TOKEN_REFUSED', `tokens are for ${tokenOrigin} only`);
    }
    const sent = toRequest(baseUrl);
    const token = tokens === null ? null : await tokens.get().catch(toTokenError);
    const response = await request(options, sent, token, settings);
    if (response.status !== 401 || tokens === null) return response;
    const fresh = await tokens.refresh(token).catch(toTokenError);
    return request(options, sent, fresh, settings);
  };
}

function toHeaders(
  accept: string,
  json: object | undefined,
  idempotencyKey: string | undefined,
): Record<string, string> {
  const headers: Record<string, string> = { accept };
  if (json !== undefined) headers['content-type'] = 'application/json';
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  return headers;
}

async function request(
  options: UsageClientOptions,
  { method, url, json, idempotencyKey }: SentRequest,
  token: string | null,
  { signal, accept, timeoutMs }: RequestSettings,
): Promise<Response> {
  const timeout = timeoutMs === null ? null : AbortSignal.timeout(timeoutMs);
  const signals = [signal, timeout].filter((one) => one !== null && one !== undefined);
  const headers = toHeaders(accept, json, idempotencyKey);
  if (token !== null) headers['authorization'] = `Bearer ${token}`;
  // Called through a local: `options.fetch(…)` would set `this` and throw "Illegal invocation".
  const send = options.fetch ?? globalThis.fetch;
  try {
    return await send(url, {
      ...(method !== 'GET' && { method }),
      ...(json !== undefined && { body: JSON.stringify(json) }),
      headers,
      cache: 'no-cache',
      // With a token the page's cookies would be a second identity.
      credentials: token === null ? 'same-origin' : 'omit',
      // A redirect could carry the request and its token elsewhere, or in circles: twenty requests in place of one.
      redirect: 'manual',
      ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
    });
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    const code = timeout?.aborted === true ? 'TIMEOUT' : 'NETWORK';
    throw new UsageRequestError('The usage service did not respond.', {
      code,
      status: null,
      retryable: true,
      cause,
    });
  }
}

async function readBody(response: Response, now: () => number): Promise<unknown> {
  if (response.type === 'opaqueredirect') {
    const message = 'The usage service redirects to another address.';
    throw new UsageRequestError(message, { code: 'REDIRECTED', status: null, retryable: true });
  }
  if (response.status === 204) return null;
  const body = await readJsonOrFail(response);
  if (response.ok && body !== undefined) return body;
  throw toRequestError(response, body, now);
}

/** A body that is too long will be so the next time, but a server that is mended may give another. */
async function readJsonOrFail(response: Response): Promise<unknown> {
  try {
    return await readJson(response);
  } catch (cause) {
    if (!(cause instanceof BodyTooLongError)) throw cause;
    throw new UsageRequestError('The response is longer than a page can load.', {
      code: BAD_RESPONSE,
      status: response.status,
      retryable: true,
      cause,
    });
  }
}

function toRequestError(response: Response, body: unknown, now: () => number): UsageRequestError {
  const { ok, status, headers } = response;
  const problem = typeof body === 'object' ? (body as Partial<Problem> | null) : null;
  const detail =
    toShortText(problem?.detail) ?? `The usage service responded with status ${status}.`;
  return new UsageRequestError(detail, {
    code: toErrorCode(problem?.code) ?? (ok ? BAD_RESPONSE : `HTTP_${status}`),
    status,
    retryable: ok || status === 408 || status === 429 || status >= 500,
    requestId: toShortText(problem?.requestId) ?? headers.get('x-request-id'),
    retryAfterMs: parseRetryAfter(headers.get('retry-after'), now()),
  });
}

/** Shortens a text of a problem document, which may have any length. */
function toShortText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, MAX_PROBLEM_CHARACTERS) : null;
}

/** Accepts any text: a newer server may have codes that this client does not know. */
function toErrorCode(value: unknown): UsageErrorCode | null {
  return toShortText(value) as UsageErrorCode | null;
}

function toSettingsError(code: UsageErrorCode, message: string): UsageRequestError {
  return new UsageRequestError(message, { code, status: null, retryable: false });
}

function toTokenError(cause: unknown): never {
  throw new UsageRequestError('The page could not supply a token.', {
    code: 'TOKEN_UNAVAILABLE',
    status: 401,
    retryable: false,
    cause,
  });
}
