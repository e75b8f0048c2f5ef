import type { IncomingHttpHeaders } from 'node:http';
import { UsageError } from '../../errors.js';

/**
 * Checks that a request which writes with a session was not sent by a page of another origin. Browsers name the relation
 * in `Sec-Fetch-Site`, those without it the page's origin; a client that sends neither is no page, as the content type of
 * JSON needs a preflight that is refused.
 *
 * A page of the same site but another origin (a subdomain) is refused: it may be another program's.
 *
 * @throws UsageError `ORIGIN_FORBIDDEN`
 */
export function requireSameOrigin(headers: IncomingHttpHeaders): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) {
    if (site === 'same-origin') return;
    throw createForeignError();
  }
  const { origin } = headers;
  if (origin === undefined || listHosts(headers).includes(parseHost(origin))) return;
  throw createForeignError();
}

/** Names that the browser may have used for this server. A proxy tells in a header what no page can send without a preflight. */
function listHosts(headers: IncomingHttpHeaders): (string | null)[] {
  const forwarded = [headers['x-forwarded-host']].flat().join(',').split(',');
  return [headers.host ?? '', ...forwarded]
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
}

function parseHost(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function createForeignError(): UsageError {
  return new UsageError('ORIGIN_FORBIDDEN', 'Only pages of this origin may write.');
}
