import type { Problem } from '@usage-kit/server-sdk/contract';
import { parseRetryAfter } from './parse-retry-after.js';
import { BodyTooLongError, readJson } from './read-body.js';
import { getOrigin, resolveBaseUrl } from './resolve-base-url.js';
import { createTokenSource, type GetToken } from './token-source.js';
import { UsageRequestError, type UsageErrorCode } from './usage-request-error.js';

const MAX_PROBLEM_CHARACTERS = 500;
/** Code of a response that does not match the contract. */
export const BAD_RESPONSE: UsageErrorCode = 'BAD_RESPONSE';

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
export interface SentRequest {
  method: string;
  url: string;
  /** The body as JSON; `undefined`: none. */
  json?: object | undefined;
  /** The same for a request that is sent again. */
  idempotencyKey?: string;
}

/** Sends a request, with a token where the page has one. @param toRequest makes the request of the base URL */
export type Send = (
  toRequest: (baseUrl: string) => SentRequest,
  settings: RequestSettings,
) => Promise<Response>;

/** Sends a request, and reads the body of its response. */
export type SendForJson = (
  toRequest: (baseUrl: string) => SentRequest,
  signal: AbortSignal | undefined,
) => Promise<unknown>;

/** How a request is sent. */
export interface RequestSettings {
  signal: AbortSignal | undefined;
  accept: string;
  /** `null`: the response may take any time. */
  timeoutMs: number | null;
}

/** Makes the function that sends requests. */
export function createSend(options: UsageClientOptions): Send {
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

/** The server takes what writes only as JSON, also without a body: no page of another origin can send that by itself. */
function toHeaders(
  accept: string,
  { method, idempotencyKey }: SentRequest,
  token: string | null,
): Record<string, string> {
  return {
    accept,
    ...(method !== 'GET' && { 'content-type': 'application/json' }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    ...(token !== null && { authorization: `Bearer ${token}` }),
  };
}

async function request(
  options: UsageClientOptions,
  sent: SentRequest,
  token: string | null,
  { signal, accept, timeoutMs }: RequestSettings,
): Promise<Response> {
  const timeout = timeoutMs === null ? null : AbortSignal.timeout(timeoutMs);
  const signals = [signal, timeout].filter((one) => one !== null && one !== undefined);
  const { method, url, json } = sent;
  // Called through a local: `options.fetch(…)` would set `this` and throw "Illegal invocation".
  const send = options.fetch ?? globalThis.fetch;
  try {
    return await send(url, {
      ...(method !== 'GET' && { method }),
      ...(json !== undefined && { body: JSON.stringify(json) }),
      headers: toHeaders(accept, sent, token),
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
    throw toNoResponseError(code, cause);
  }
}

/** What is tried again: a request without a response, or a file that could not be loaded. */
export function toNoResponseError(code: 'NETWORK' | 'TIMEOUT', cause: unknown): UsageRequestError {
  const message = 'The usage service cannot be reached.';
  return new UsageRequestError(message, { code, status: null, retryable: true, cause });
}

/** Reads the JSON of a response; `null` of one without a body. @throws UsageRequestError for a response that is none of success */
export async function readBody(response: Response, now: () => number): Promise<unknown> {
  if (response.type === 'opaqueredirect') {
    const message = 'The usage service redirects.';
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
    throw new UsageRequestError('The response is too long.', {
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
  throw new UsageRequestError('The page supplied no token.', {
    code: 'TOKEN_UNAVAILABLE',
    status: 401,
    retryable: false,
    cause,
  });
}
