import { getOwnBase, parseUrl } from '../utils/safe-url.js';

/**
 * Resolves `base-url` against the document's own address, so that an injected `<base href>` cannot redirect requests and
 * tokens.
 *
 * @returns the full address; `null` when it is not of the web; on a server `baseUrl` unchanged
 */
export function resolveBaseUrl(baseUrl: string): string | null {
  if (typeof location === 'undefined') return baseUrl;
  const url = parseUrl(baseUrl, getOwnBase());
  // The page's own scheme, too: an app of the desktop or a phone has another.
  const isWeb = url !== null && ['http:', 'https:', location.protocol].includes(url.protocol);
  return isWeb ? url.href : null;
}

/** The origin that may receive tokens for a base URL; empty for an address that cannot be parsed. */
export function getOrigin(baseUrl: string): string {
  const url = parseUrl(baseUrl);
  return url === null ? '' : `${url.protocol}//${url.host}`;
}
