import { randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT, type JWTHeaderParameters } from 'jose';
import { z } from 'zod';
import { isUserDid } from '../../values/user-did.js';
import type { EmbedScope } from './embed-options.js';
import type { ResolvedEmbed, ResolvedKey } from './resolve-embed.js';
import { MAX_LIFETIME_SECONDS, type TokenGrant } from './token-request.js';

/** What a verified token allows. */
export interface TokenClaims {
  /** Names the token; limits count by it. */
  tokenId: string;
  userDid: string;
  projects: readonly string[] | '*';
  scopes: readonly EmbedScope[];
  /** `null`: all that the host lists. */
  origins: readonly string[] | null;
  /** How often the user's tokens had been revoked when it was made. */
  generation: number;
}

/** Distinguishes our tokens from the host's own that are signed with the same secret. */
const TYPE = 'usage-embed+jwt';
/** The one algorithm: a list that a token chooses from is how keys get confused. */
const ALGORITHM = 'HS256';
/** What clocks of two machines may differ by. */
const SKEW_SECONDS = 30;
/** A header of Node's takes 16 kB; a token of 100 projects' DIDs is well below half of it. */
const MAX_TOKEN_LENGTH = 8192;

const payloadSchema = z.object({
  jti: z.string().min(1).max(64),
  sub: z.string().refine(isUserDid),
  iat: z.number(),
  exp: z.number(),
  gen: z.int().min(0),
  scope: z.array(z.string()).min(1),
  projects: z.union([z.literal('*'), z.array(z.string().min(1)).min(1)]),
  origins: z.array(z.string()).min(1).optional(),
});

/**
 * Signs a token.
 *
 * @param generation how often the user's tokens were revoked
 * @throws RangeError when it gets too long for a header; name fewer projects
 */
export async function signToken(
  embed: ResolvedEmbed,
  grant: TokenGrant,
  generation: number,
  nowMs: number,
): Promise<string> {
  const key = embed.keys.find((candidate) => isValid(candidate, nowMs));
  if (!key) throw new TypeError('embed.keys: no key is valid any more');
  const issuedAt = Math.floor(nowMs / 1000);
  const token = await new SignJWT({
    gen: generation,
    scope: [...grant.scopes],
    projects: grant.projects === '*' ? '*' : [...grant.projects],
    ...(grant.origins === null ? {} : { origins: [...grant.origins] }),
  })
    .setProtectedHeader({ alg: ALGORITHM, kid: key.id, typ: TYPE })
    .setIssuer(embed.issuer)
    .setAudience(embed.audience)
    .setSubject(grant.userDid)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + grant.lifetimeSeconds)
    .sign(key.secret);
  if (token.length <= MAX_TOKEN_LENGTH) return token;
  throw new RangeError('createEmbedToken: the token is too long for a header; name fewer projects');
}

/**
 * Checks a token's signature and claims; not whether it was revoked.
 *
 * @returns `null` for a token that is not sound, whatever is wrong with it
 */
export async function verifyToken(
  embed: ResolvedEmbed,
  token: string,
  nowMs: number,
): Promise<TokenClaims | null> {
  if (token.length > MAX_TOKEN_LENGTH) return null;
  try {
    const keyOf = ({ kid }: JWTHeaderParameters): Uint8Array => findKey(embed, kid, nowMs);
    const { payload } = await jwtVerify(token, keyOf, {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer: embed.issuer,
      audience: embed.audience,
      requiredClaims: ['iss', 'aud', 'sub', 'jti', 'iat', 'nbf', 'exp'],
      clockTolerance: SKEW_SECONDS,
      currentDate: new Date(nowMs),
      maxTokenAge: MAX_LIFETIME_SECONDS,
    });
    return toClaims(payload);
  } catch {
    return null;
  }
}

function toClaims(payload: unknown): TokenClaims | null {
  const read = payloadSchema.safeParse(payload);
  if (!read.success) return null;
  const { jti, sub, iat, exp, gen, scope, projects, origins } = read.data;
  if (exp - iat > MAX_LIFETIME_SECONDS) return null;
  return {
    tokenId: jti,
    userDid: sub,
    projects,
    scopes: scope as EmbedScope[],
    origins: origins ?? null,
    generation: gen,
  };
}

function findKey({ keys }: ResolvedEmbed, kid: unknown, nowMs: number): Uint8Array {
  const key = keys.find((candidate) => candidate.id === kid);
  if (key && isValid(key, nowMs)) return key.secret;
  throw new TypeError('No such key');
}

function isValid({ validUntilMs }: ResolvedKey, nowMs: number): boolean {
  return validUntilMs === null || nowMs < validUntilMs;
}
