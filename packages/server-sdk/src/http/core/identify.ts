import { isUserDid } from '../../values/user-did.js';
import type { EmbedScope } from '../embed/embed-options.js';
import type { EmbedTokens } from '../embed/embed-tokens.js';
import type { TokenClaims } from '../embed/token-codec.js';
import { UsageError } from '../../errors.js';
import type { RequestLimits } from '../limits/request-limits.js';
import type { Authenticate } from './authenticate.js';
import type { HttpRequest } from './http-message.js';

/** The user of a request, and what of theirs it may see. */
export interface Caller {
  userDid: string;
  /** Projects that may be seen; `null`: all. */
  projects: readonly string[] | null;
  /** The embed token's id; `null` for a session. */
  tokenId: string | null;
}

/** What callers are identified with. */
export interface IdentityDependencies {
  authenticate: Authenticate;
  /** `null`: the host takes no tokens, and a bearer header is its own sign-in's business. */
  embed: EmbedTokens | null;
  requestLimits: RequestLimits;
}

/**
 * The caller of a request. A request with a bearer token is of the token's user or refused: the host's sign-in is not
 * called, so that no cookie adds to a token and no token to a session.
 *
 * The request counts for the limits as soon as it is known whose it is, so that one that is refused counts too.
 *
 * @param scope what a token must have been given
 * @throws UsageError `UNAUTHENTICATED`, `TOKEN_INVALID`, `SCOPE_FORBIDDEN`, `ORIGIN_FORBIDDEN`, `TOO_MANY_REQUESTS`; a plain
 *   error, which becomes a 500, for an identity that is not one
 */
export async function identify(
  { authenticate, embed, requestLimits }: IdentityDependencies,
  scope: EmbedScope,
  request: HttpRequest,
): Promise<Caller> {
  const token = embed && bearerOf(request);
  if (embed === null || token === null) {
    const userDid = await identifySession(authenticate, request);
    await requestLimits.count({ userDid, tokenId: null });
    return { userDid, projects: null, tokenId: null };
  }
  const claims = await embed.verify(token);
  if (claims === null) throw tokenInvalid();
  await requestLimits.count(claims);
  if (await embed.isRevoked(claims)) throw tokenInvalid();
  requireOrigin(claims, embed.origins, request.headers.origin);
  if (!claims.scopes.includes(scope)) {
    throw new UsageError('SCOPE_FORBIDDEN', `The token does not have the scope "${scope}".`);
  }
  const { userDid, projects, tokenId } = claims;
  return { userDid, projects: projects === '*' ? null : projects, tokenId };
}

function tokenInvalid(): UsageError {
  return new UsageError('TOKEN_INVALID', 'The token is not valid any more. Ask for a new one.');
}

/** Whether the request carries a bearer token, sound or not. */
export function hasBearer({ headers }: HttpRequest): boolean {
  return /^bearer\b/i.test(headers.authorization ?? '');
}

function bearerOf(request: HttpRequest): string | null {
  if (!hasBearer(request)) return null;
  return /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

/** Browsers say where a page is from, other clients need not: this only narrows what a leaked token is good for. */
function requireOrigin(
  claims: TokenClaims,
  listed: ReadonlySet<string>,
  origin: string | undefined,
): void {
  if (origin === undefined) return;
  const isMeant = listed.has(origin) && (claims.origins?.includes(origin) ?? true);
  if (isMeant) return;
  throw new UsageError('ORIGIN_FORBIDDEN', 'The token may not be used from this page.');
}

async function identifySession(authenticate: Authenticate, request: HttpRequest): Promise<string> {
  const identity: unknown = await authenticate(request.node, request.host);
  if (identity === null || identity === undefined) {
    throw new UsageError('UNAUTHENTICATED', 'Sign in to see your usage.');
  }
  const userDid: unknown =
    typeof identity === 'object' && 'userDid' in identity ? identity.userDid : undefined;
  if (!isUserDid(userDid)) {
    throw new TypeError('authenticate must return { userDid } with a non-empty text, or null');
  }
  return userDid;
}
