import type {
  AdviceItem,
  Problem,
  RouteName,
  RouteParams,
  RouteResponses,
} from '@usage-kit/server-sdk/contract';
import { findWrongAdvice } from './check-advice.js';
import { createAlertClient, createIdempotencyKey, type WriteRequest } from './alert-client.js';
import { findWrongField } from './check-body.js';
import { parseRetryAfter } from './parse-retry-after.js';
import { BodyTooLongError, readJson } from './read-body.js';
import { getOrigin, resolveBaseUrl } from './resolve-base-url.js';
import { toEndpointUrl, toWriteAddress, type QueryParams } from './serialize-query.js';
import { createTokenSource, type GetToken } from './token-source.js';
import type { RequestOptions, UsageClient } from './usage-client.js';
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

/** @param toRequest makes the request of the base URL */
type Send = (
  toRequest: (baseUrl: string) => SentRequest,
  signal: AbortSignal | undefined,
) => Promise<unknown>;

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
  const read = async <Name extends RouteName>(
    route: Name,
    params: RouteParams[Name] & QueryParams,
    { signal }: RequestOptions = {},
    appDid?: string,
  ): Promise<RouteResponses[Name]> => {
    const body = await send(
      (baseUrl) => ({ method: 'GET', url: toEndpointUrl(baseUrl, route, params, appDid) }),
      signal,
    );
    // Checked just now, field by field.
    return requireRight(route, findWrongField(route, body), body) as RouteResponses[Name];
  };
  const write: WriteRequest = async (name, id, json, { signal } = {}) =>
    send(
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
    keepAdvice: async (adviceId, state, json, { signal } = {}) => {
      const name = state === 'done' ? 'finishAdvice' : 'dismissAdvice';
      const toRequest = (baseUrl: string): SentRequest => ({
        ...toWriteAddress(baseUrl, name, adviceId),
        json,
      });
      const body = await send(toRequest, signal);
      return requireRight(name, findWrongAdvice(body), body) as AdviceItem;
    },
    reopenAdvice: async (adviceId, { signal } = {}) => {
      await send(
        (baseUrl) => ({ ...toWriteAddress(baseUrl, 'reopenAdvice', adviceId), json: {} }),
        signal,
      );
    },
    getOverview: (p, o) => read('overview', { ...p }, o),
    getProjects: (p, o) => read('projects', { ...p }, o),
    getTrends: (p, o) => read('trends', { ...p }, o),
    getProjectStats: (appDid, p, o) => read('projectStats', { ...p }, o, appDid),
    getProjectTrends: (appDid, p, o) => read('projectTrends', { ...p }, o, appDid),
    getProjectModels: (appDid, p, o) => read('projectModels', { ...p }, o, appDid),
    getProjectCalls: (appDid, p, o) => read('projectCalls', { ...p }, o, appDid),
  };
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

function createSend(options: UsageClientOptions): Send {
  const { getToken, now } = options;
  const tokens = getToken === undefined ? null : createTokenSource(getToken, now);
  const baseUrl = resolveBaseUrl(options.baseUrl);
  return async (toRequest, signal) => {
    if (baseUrl === null)
      throw toSettingsError('BASE_URL_INVALID', 'base-url is not a web address');
    const { tokenOrigin = getOrigin(baseUrl) } = options;
    if (tokens !== null && tokenOrigin !== getOrigin(baseUrl)) {
      throw toSettingsError('TOKEN_REFUSED', `tokens are for ${tokenOrigin} only`);
    }
    const sent = toRequest(baseUrl);
    const token = tokens === null ? null : await tokens.get().catch(toTokenError);
    const response = await request(options, sent, token, signal);
    if (response.status !== 401 || tokens === null) return readBody(response, now);
    const fresh = await tokens.refresh(token).catch(toTokenError);
    return readBody(await request(options, sent, fresh, signal), now);
  };
}

function toHeaders(
  json: object | undefined,
  idempotencyKey: string | undefined,
): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (json !== undefined) headers['content-type'] = 'application/json';
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  return headers;
}

async function request(
  options: UsageClientOptions,
  { method, url, json, idempotencyKey }: SentRequest,
  token: string | null,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  const headers = toHeaders(json, idempotencyKey);
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
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    const code = timeout.aborted ? 'TIMEOUT' : 'NETWORK';
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
