import type { IncomingHttpHeaders } from 'node:http';

/** What a page may set itself. */
const REQUEST_HEADERS: readonly string[] = [
  'authorization',
  'accept',
  'content-type',
  'idempotency-key',
];
/** Response headers that a page may read, besides the few that it always may. */
const EXPOSED = 'ETag, Retry-After, X-Request-Id, Content-Disposition';
/** The longest that Chromium caches a preflight. */
const PREFLIGHT_SECONDS = '7200';

/**
 * Headers that let a page of another origin read a response. Sessions are for pages of the host's own origin and get
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

/**
 * Headers of the response to a preflight; none for what the page may not do.
 *
 * @param methods of the resource
 */
export function preflightHeaders(
  headers: IncomingHttpHeaders,
  listed: ReadonlySet<string> | null,
  methods: readonly string[],
): Record<string, string> {
  const method = headers['access-control-request-method'];
  const { 'Access-Control-Allow-Origin': origin } = corsHeaders(headers, listed);
  if (origin === undefined || method === undefined || !methods.includes(method)) return {};
  const requested = (headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  if (!requested.every((name) => REQUEST_HEADERS.includes(name))) return {};
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': methods.filter((name) => name !== 'OPTIONS').join(', '),
    'Access-Control-Allow-Headers': 'Authorization, Accept, Content-Type, Idempotency-Key',
    'Access-Control-Max-Age': PREFLIGHT_SECONDS,
  };
}
