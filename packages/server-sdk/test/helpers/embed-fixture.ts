import { SignJWT, type JWTPayload } from 'jose';
import type { EmbedOptions, EmbedTokenRequest } from '../../src/index.js';
import { NOW_MS } from './create-test-usage.js';

/** Drawn once; `openssl rand -hex 32`. */
export const KEY = {
  id: '2026-11',
  secret: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
};
export const OLD_KEY = {
  id: '2026-10',
  secret: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
};
export const PAGE = 'https://app.example';

export const EMBED: EmbedOptions = { keys: [KEY], origins: [PAGE, 'http://localhost:8080'] };

/** All that a token can allow. */
export const ALL: Pick<EmbedTokenRequest, 'projects' | 'scopes'> = {
  projects: '*',
  scopes: [
    'quota:read',
    'alerts:read',
    'budgets:read',
    'overview:read',
    'projects:read',
    'trends:read',
    'models:read',
    'activity:read',
    'projectStats:read',
    'projectTrends:read',
    'projectModels:read',
    'projectLatency:read',
    'projectFailures:read',
    'projectCalls:read',
    'quotaDetails:read',
    'advice:read',
  ],
};

const nowSeconds = Math.floor(NOW_MS / 1000);

/** The claims of a sound token of alice's. */
export const CLAIMS: JWTPayload = {
  iss: 'usage-kit',
  aud: 'usage-kit:/api/usage',
  sub: 'alice',
  jti: 'made-by-hand',
  iat: nowSeconds,
  nbf: nowSeconds,
  exp: nowSeconds + 600,
  gen: 0,
  scope: ALL.scopes,
  projects: '*',
};
export const HEADER = { alg: 'HS256', kid: KEY.id, typ: 'usage-embed+jwt' };

/** Signs whatever it is given with the host's key. */
export function forge(
  claims: Record<string, unknown>,
  header: Record<string, unknown> = {},
  secret: string | Uint8Array = KEY.secret,
): Promise<string> {
  const payload = Object.fromEntries(
    Object.entries({ ...CLAIMS, ...claims }).filter(([, value]) => value !== undefined),
  );
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret;
  return new SignJWT(payload).setProtectedHeader({ ...HEADER, ...header }).sign(bytes);
}

/** A token put together by hand, with any header, claims and signature. */
export function assemble(header: object, claims: object, signature: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.${signature}`;
}
