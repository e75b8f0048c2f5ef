import type { Problem, RouteName } from '@usage-kit/server-sdk/contract';
import { parseRetryAfter } from './parse-retry-after.js';
import { toEndpointUrl, type QueryParams } from './serialize-query.js';
import { createTokenSource, type GetToken } from './token-source.js';
import type { UsageClient } from './usage-client.js';
import { UsageRequestError } from './usage-request-error.js';

const REQUEST_TIMEOUT_MS = 30_000;

/** What a client is made of; only `baseUrl` has no default. */
export interface UsageClientOptions {
  /** Where the endpoints live, e.g. `/api/usage` or `https://api.example.com/usage`. */
  baseUrl: string;
  /** Supplies embed tokens; without it requests carry the page's cookies. */
  getToken?: GetToken | undefined;
  /** @default globalThis.fetch */
  fetch?: typeof fetch | undefined;
  /** Current epoch milliseconds, for `Retry-After` dates. */
  now: () => number;
}

type Send = (
  route: RouteName,
  params: QueryParams,
  signal: AbortSignal | undefined,
  appDid?: string,
) => Promise<unknown>;

/**
 * Client over `fetch`.
 *
 * A 401 asks `getToken` once (single-flight over all requests) and repeats the request once; a second 401 is thrown.
 * Caching is left to the browser (`cache: 'no-cache'` revalidates by ETag without a hand-set header).
 */
export function createUsageClient(options: UsageClientOptions): UsageClient {
  const send = createSend(options);
  // The contract is the schema of each body; the server holds every answer against it in its tests.
  const ask = async <T>(...args: Parameters<Send>): Promise<T> => (await send(...args)) as T;
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
  const tokens =
    options.getToken === undefined ? null : createTokenSource(options.getToken, options.now);
  return async (route, params, signal, appDid) => {
    const url = toEndpointUrl(options.baseUrl, route, params, appDid);
    const token = tokens === null ? null : await tokens.get().catch(toTokenError);
    const response = await request(options, url, token, signal);
    if (response.status !== 401 || tokens === null) return readBody(response, options.now);
    const fresh = await tokens.refresh(token).catch(toTokenError);
    return readBody(await request(options, url, fresh, signal), options.now);
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
  let body: unknown;
  try {
    body = await response.json();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    body = undefined;
  }
  if (response.ok && body !== undefined) return body;
  throw toRequestError(response, body ?? {}, now);
}

function toRequestError(
  response: Response,
  problem: Partial<Problem>,
  now: () => number,
): UsageRequestError {
  const { ok, status, headers } = response;
  return new UsageRequestError(problem.detail ?? `The usage service answered ${status}.`, {
    code: problem.code ?? (ok ? 'BAD_RESPONSE' : `HTTP_${status}`),
    status,
    retryable: ok || status === 408 || status === 429 || status >= 500,
    requestId: problem.requestId ?? headers.get('x-request-id'),
    retryAfterMs: parseRetryAfter(headers.get('retry-after'), now()),
  });
}

function toTokenError(cause: unknown): never {
  throw new UsageRequestError('The page could not supply a token.', {
    code: 'TOKEN_UNAVAILABLE',
    status: 401,
    retryable: false,
    cause,
  });
}
