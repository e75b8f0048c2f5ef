import { getOwnBase, parseUrl } from '../utils/safe-url.js';

/**
 * The full address of the endpoints, by the document's own address: an injected `<base href>` has no say in where requests
 * and tokens go. `null` for what is no address of the web; on a server as it is.
 */
export function resolveBaseUrl(baseUrl: string): string | null {
  if (typeof location === 'undefined') return baseUrl;
  const url = parseUrl(baseUrl, getOwnBase());
  // The page's own scheme, too: an app of the desktop or a phone has another.
  const isWeb = url !== null && ['http:', 'https:', location.protocol].includes(url.protocol);
  return isWeb ? url.href : null;
}

/** Where tokens for a base URL may go. */
export function getOrigin(baseUrl: string): string {
  const url = parseUrl(baseUrl);
  return url === null ? '' : `${url.protocol}//${url.host}`;
}
