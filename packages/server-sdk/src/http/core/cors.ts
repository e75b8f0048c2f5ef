import type { IncomingHttpHeaders } from 'node:http';

const METHODS: readonly string[] = ['GET', 'HEAD'];
/** What a page may set itself. `Authorization` is the one that needs to be asked for. */
const REQUEST_HEADERS: readonly string[] = ['authorization', 'accept', 'content-type'];
/** What a page may read of an answer beside the few that it always may. */
const EXPOSED = 'ETag, Retry-After, X-Request-Id';
/** The longest that Chromium keeps a preflight's answer. */
const PREFLIGHT_SECONDS = '7200';

/**
 * What lets a page of another origin read an answer. Two lanes: sessions are for pages of the host's own origin and get
 * nothing; tokens work from the origins that the host lists, without cookies.
 *
 * @param listed `null`: the host takes no tokens
 */
export function corsHeaders(
  headers: IncomingHttpHeaders,
  listed: ReadonlySet<string> | null,
): Record<string, string> {
  const { origin } = headers;
  if (origin === undefined || !listed?.has(origin)) return {};
  return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': EXPOSED };
}

/** The answer's headers to a browser that asks whether a page may ask; none for what it may not. */
export function preflightHeaders(
  headers: IncomingHttpHeaders,
  listed: ReadonlySet<string> | null,
): Record<string, string> {
  const method = headers['access-control-request-method'];
  const { 'Access-Control-Allow-Origin': origin } = corsHeaders(headers, listed);
  if (origin === undefined || method === undefined || !METHODS.includes(method)) return {};
  const asked = (headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  if (!asked.every((name) => REQUEST_HEADERS.includes(name))) return {};
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': METHODS.join(', '),
    'Access-Control-Allow-Headers': 'Authorization, Accept, Content-Type',
    'Access-Control-Max-Age': PREFLIGHT_SECONDS,
  };
}
