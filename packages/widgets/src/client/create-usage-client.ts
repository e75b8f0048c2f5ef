import type { Problem, RouteName } from '@usage-kit/server-sdk/contract';
import { findWrongField } from './check-body.js';
import { parseRetryAfter } from './parse-retry-after.js';
import { BodyTooLongError, readJson } from './read-body.js';
import { originOf, resolveBaseUrl } from './resolve-base-url.js';
import { toEndpointUrl, type QueryParams } from './serialize-query.js';
import { createTokenSource, type GetToken } from './token-source.js';
import type { UsageClient } from './usage-client.js';
import { UsageRequestError } from './usage-request-error.js';

const REQUEST_TIMEOUT_MS = 30_000;
const MAX_PROBLEM_CHARACTERS = 500;
const BAD_RESPONSE = 'BAD_RESPONSE';

/** What a client is made of; only `baseUrl` has no default. */
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

type SendArguments = [params: QueryParams, signal: AbortSignal | undefined, appDid?: string];
type Send = (route: RouteName, ...args: SendArguments) => Promise<unknown>;

/**
 * Client over `fetch`.
 *
 * `baseUrl` is resolved against the document's own address, never against its `<base>`. A token is sent to one origin only,
 * and no redirect is followed. Every body is held against the contract: what differs is `BAD_RESPONSE`.
 * A 401 asks `getToken` once (single-flight over all requests) and repeats the request once; a second 401 is thrown.
 * Caching is left to the browser (`cache: 'no-cache'` revalidates by ETag without a hand-set header).
 */
export function createUsageClient(options: UsageClientOptions): UsageClient {
  const send = createSend(options);
  const ask = async <T>(route: RouteName, ...args: SendArguments): Promise<T> => {
    const body = await send(route, ...args);
    const wrong = findWrongField(route, body);
    // Checked just now, field by field.
    if (wrong === null) return body as T;
    throw new UsageRequestError(`The answer is not as agreed: ${route}${wrong}.`, {
      code: BAD_RESPONSE,
      status: 200,
      retryable: true,
    });
  };
  return {
    getQuota: (o) => ask('quota', {}, o?.signal),
    getQuotaDetails: (p, o) => ask('quotaDetails', { ...p }, o?.signal),
    getOverview: (p, o) => ask('overview', { ...p }, o?.signal),
    getProjects: (p, o) => ask('projects', { ...p }, o?.signal),
    getTrends: (p, o) => ask('trends', { ...p }, o?.signal),
    getProjectStats: (appDid, p, o) => ask('projectStats', { ...p }, o?.signal, appDid),
    getProjectTrends: (appDid, p, o) => ask('projectTrends', { ...p }, o?.signal, appDid),
    getProjectModels: (appDid, p, o) => ask('projectModels', { ...p }, o?.signal, appDid),
    getProjectCalls: (appDid, p, o) => ask('projectCalls', { ...p }, o?.signal, appDid),
  };
}

function createSend(options: UsageClientOptions): Send {
  const { getToken, now } = options;
  const tokens = getToken === undefined ? null : createTokenSource(getToken, now);
  const baseUrl = resolveBaseUrl(options.baseUrl);
  return async (route, params, signal, appDid) => {
    if (baseUrl === null) throw toSettingsError('BASE_URL_INVALID', 'base-url is no web address');
    const { tokenOrigin = originOf(baseUrl) } = options;
    if (tokens !== null && tokenOrigin !== originOf(baseUrl)) {
      throw toSettingsError('TOKEN_REFUSED', `tokens are for ${tokenOrigin} only`);
    }
    const url = toEndpointUrl(baseUrl, route, params, appDid);
    const token = tokens === null ? null : await tokens.get().catch(toTokenError);
    const response = await request(options, url, token, signal);
    if (response.status !== 401 || tokens === null) return readBody(response, now);
    const fresh = await tokens.refresh(token).catch(toTokenError);
    return readBody(await request(options, url, fresh, signal), now);
  };
}

async function request(
  options: UsageClientOptions,
  url: string,
  token: string | null,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  const headers: Record<string, string> = { accept: 'application/json' };
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
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    const code = timeout.aborted ? 'TIMEOUT' : 'NETWORK';
    throw new UsageRequestError('The usage service did not answer.', {
      code,
      status: null,
      retryable: true,
      cause,
    });
  }
}

async function readBody(response: Response, now: () => number): Promise<unknown> {
  if (response.type === 'opaqueredirect') {
    const message = 'The usage service leads to another address.';
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
    const init = { code: BAD_RESPONSE, status: response.status, retryable: true, cause };
    throw new UsageRequestError('The answer is longer than a page can take.', init);
  }
}

function toRequestError(response: Response, body: unknown, now: () => number): UsageRequestError {
  const { ok, status, headers } = response;
  const problem = typeof body === 'object' ? (body as Partial<Problem> | null) : null;
  const detail = toShortText(problem?.detail) ?? `The usage service answered ${status}.`;
  return new UsageRequestError(detail, {
    code: toShortText(problem?.code) ?? (ok ? BAD_RESPONSE : `HTTP_${status}`),
    status,
    retryable: ok || status === 408 || status === 429 || status >= 500,
    requestId: toShortText(problem?.requestId) ?? headers.get('x-request-id'),
    retryAfterMs: parseRetryAfter(headers.get('retry-after'), now()),
  });
}

/** Text of a problem document, which may hold anything: a megabyte of it is no help to anybody. */
function toShortText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, MAX_PROBLEM_CHARACTERS) : null;
}

function toSettingsError(code: string, message: string): UsageRequestError {
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
