import type {
  Problem,
  RouteName,
  RouteParams,
  RouteResponses,
} from '@usage-kit/server-sdk/contract';
import { findWrongField } from './check-body.js';
import { parseRetryAfter } from './parse-retry-after.js';
import { BodyTooLongError, readJson } from './read-body.js';
import { getOrigin, resolveBaseUrl } from './resolve-base-url.js';
import { toEndpointUrl, toExportUrl, type QueryParams } from './serialize-query.js';
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

/** Fetches an address, with a token where the page has one. */
type Send = (toUrl: (baseUrl: string) => string, settings: RequestSettings) => Promise<Response>;

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
  const read = async <Name extends RouteName>(
    route: Name,
    params: RouteParams[Name] & QueryParams,
    { signal }: RequestOptions = {},
    appDid?: string,
  ): Promise<RouteResponses[Name]> => {
    const response = await send((baseUrl) => toEndpointUrl(baseUrl, route, params, appDid), {
      signal,
      accept: 'application/json',
      timeoutMs: REQUEST_TIMEOUT_MS,
    });
    const body = await readBody(response, options.now);
    const wrong = findWrongField(route, body);
    // Checked just now, field by field.
    if (wrong === null) return body as RouteResponses[Name];
    throw new UsageRequestError(`The response does not match the contract: ${route}${wrong}.`, {
      code: BAD_RESPONSE,
      status: 200,
      retryable: true,
    });
  };
  return {
    getQuota: (o) => read('quota', {}, o),
    getQuotaDetails: (p, o) => read('quotaDetails', { ...p }, o),
    getOverview: (p, o) => read('overview', { ...p }, o),
    getProjects: (p, o) => read('projects', { ...p }, o),
    getTrends: (p, o) => read('trends', { ...p }, o),
    getProjectStats: (appDid, p, o) => read('projectStats', { ...p }, o, appDid),
    getProjectTrends: (appDid, p, o) => read('projectTrends', { ...p }, o, appDid),
    getProjectModels: (appDid, p, o) => read('projectModels', { ...p }, o, appDid),
    getProjectCalls: (appDid, p, o) => read('projectCalls', { ...p }, o, appDid),
    exportFile: async (kind, params, { signal } = {}) => {
      const response = await send((baseUrl) => toExportUrl(baseUrl, kind, { ...params }), {
        signal,
        accept: '*/*',
        timeoutMs: null,
      });
      return response.ok ? response : ((await readBody(response, options.now)) as never);
    },
  };
}

function createSend(options: UsageClientOptions): Send {
  const { getToken, now } = options;
  const tokens = getToken === undefined ? null : createTokenSource(getToken, now);
  const baseUrl = resolveBaseUrl(options.baseUrl);
  return async (toUrl, settings) => {
    if (baseUrl === null)
      throw toSettingsError('BASE_URL_INVALID', 'base-url is not a web address');
    const { tokenOrigin = getOrigin(baseUrl) } = options;
    if (tokens !== null && tokenOrigin !== getOrigin(baseUrl)) {
      throw toSettingsError('TOKEN_REFUSED', `tokens are for ${tokenOrigin} only`);
    }
    const url = toUrl(baseUrl);
    const token = tokens === null ? null : await tokens.get().catch(toTokenError);
    const response = await request(options, url, token, settings);
    if (response.status !== 401 || tokens === null) return response;
    const fresh = await tokens.refresh(token).catch(toTokenError);
    return request(options, url, fresh, settings);
  };
}

async function request(
  options: UsageClientOptions,
  url: string,
  token: string | null,
  { signal, accept, timeoutMs }: RequestSettings,
): Promise<Response> {
  const timeout = timeoutMs === null ? null : AbortSignal.timeout(timeoutMs);
  const signals = [signal, timeout].filter((one) => one !== null && one !== undefined);
  const headers: Record<string, string> = { accept };
  if (token !== null) headers['authorization'] = `Bearer ${token}`;
  // Called through a local: `options.fetch(…)` would set `this` and throw "Illegal invocation".
  const send = options.fetch ?? globalThis.fetch;
  try {
    return await send(url, {
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
