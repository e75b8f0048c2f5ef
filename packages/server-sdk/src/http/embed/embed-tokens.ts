import type { Database } from '../../db/database.js';
import { isUserDid } from '../../values/user-did.js';
import type { Clock } from '../../runtime/clock.js';
import { raiseTokenGeneration, readTokenGeneration } from './token-generation-store.js';
import type { EmbedTokenRequest } from './embed-options.js';
import type { ResolvedEmbed } from './resolve-embed.js';
import { signToken, verifyToken, type TokenClaims } from './token-codec.js';
import { readTokenRequest } from './token-request.js';

/** Makes, checks and revokes embed tokens. */
export interface EmbedTokens {
  readonly origins: ReadonlySet<string>;
  /** @throws TypeError that names what of the request is wrong */
  create(request: EmbedTokenRequest): Promise<string>;
  /** What a token allows; `null` when it is not sound or has expired. Not whether it was revoked. */
  verify(token: string): Promise<TokenClaims | null>;
  /** Whether a sound token was revoked; reads the database. */
  isRevoked(claims: TokenClaims): Promise<boolean>;
}

/**
 * Embed tokens over a database that counts each user's revocations. A token carries the count at which it was made, so
 * that a revocation takes effect immediately, on every instance and regardless of their clocks.
 */
export function createEmbedTokens(
  embed: ResolvedEmbed,
  database: Database,
  clock: Clock,
): EmbedTokens {
  return {
    origins: embed.origins,
    create: async (request) => {
      const grant = readTokenRequest(request, embed.origins);
      const generation = await readTokenGeneration(database, grant.userDid);
      return signToken(embed, grant, generation, clock.now());
    },
    verify: (token) => verifyToken(embed, token, clock.now()),
    isRevoked: async ({ userDid, generation }) =>
      (await readTokenGeneration(database, userDid)) !== generation,
  };
}

/** Makes every embed token of a user worthless; tokens made afterwards work. @throws TypeError for no user */
export async function revokeEmbedTokens(database: Database, userDid: string): Promise<void> {
  if (!isUserDid(userDid)) throw new TypeError('revokeEmbedTokens: userDid must name a user');
  await raiseTokenGeneration(database, userDid);
}
