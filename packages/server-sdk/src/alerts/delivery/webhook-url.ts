import { isIP } from 'node:net';

const MAX_URL_LENGTH = 2048;
const FIRST_FREE_PORT = 1024;
const HTTPS_PORT = 443;

/**
 * Parses the URL of a webhook: https, a full name as host, port 443 or one from 1024 on, no credentials. A host that is an
 * address is refused in every notation, since no certificate names it; so are names that a resolver would complete.
 *
 * @throws TypeError that says what is wrong, without the URL, which may be a secret
 */
export function parseWebhookUrl(text: string): URL {
  if (text.length > MAX_URL_LENGTH) throw new TypeError('is too long');
  const url = parse(text);
  if (url.protocol !== 'https:') throw new TypeError('must begin with https://');
  if (url.username !== '' || url.password !== '') throw new TypeError('must have no credentials');
  requireFullName(url.hostname);
  const port = url.port === '' ? HTTPS_PORT : Number(url.port);
  if (port !== HTTPS_PORT && port < FIRST_FREE_PORT) {
    throw new TypeError(`must have the port ${HTTPS_PORT}, or one from ${FIRST_FREE_PORT} on`);
  }
  url.hash = '';
  return url;
}

function parse(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new TypeError('must be a URL');
  }
}

/** @param host as URL has it: an address of IPv4 in any notation is four decimals, one of IPv6 is in brackets */
function requireFullName(host: string): void {
  if (isIP(host) !== 0 || host.startsWith('[')) {
    throw new TypeError('must have a name as its host, not an address');
  }
  const labels = host.split('.');
  if (labels.length < 2 || labels.includes('') || labels.at(-1) === 'localhost') {
    throw new TypeError('must have a full name as its host, such as hooks.example.com');
  }
}
