import { isIdentifier, isUserDid, MAX_DID_LENGTH } from '../../values/user-did.js';
import type { EmbedScope, EmbedTokenRequest } from './embed-options.js';
import { EMBED_SCOPES, requireOrigin } from './resolve-embed.js';

/** A checked request for a token. */
export interface TokenGrant {
  userDid: string;
  projects: readonly string[] | '*';
  scopes: readonly EmbedScope[];
  lifetimeSeconds: number;
  /** `null`: all that the host lists. */
  origins: readonly string[] | null;
}

/** Longest lifetime of a token. */
export const MAX_LIFETIME_SECONDS = 3600;
const MAX_PROJECTS = 100;
const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600 };

/**
 * Checks a request for a token. Lists are explicit: an empty one is refused, because a reader could take it for all.
 *
 * @throws TypeError that names the member at fault
 */
export function readTokenRequest(
  request: EmbedTokenRequest,
  listedOrigins: ReadonlySet<string>,
): TokenGrant {
  if (!isUserDid(request.userDid)) {
    throw new TypeError('createEmbedToken: userDid must be the DID of the signed-in user');
  }
  return {
    userDid: request.userDid,
    projects: readProjects(request.projects),
    scopes: readScopes(request.scopes),
    lifetimeSeconds: readLifetime(request.expiresIn ?? '10m'),
    origins: readOrigins(request.origins, listedOrigins),
  };
}

function readProjects(projects: unknown): readonly string[] | '*' {
  if (projects === '*') return '*';
  const isList =
    Array.isArray(projects) &&
    projects.length >= 1 &&
    projects.length <= MAX_PROJECTS &&
    projects.every(isProject);
  if (isList) return [...new Set(projects as string[])];
  throw new TypeError(
    `createEmbedToken: projects must name 1 to ${MAX_PROJECTS} projects, or be '*' for all of the user's`,
  );
}

function isProject(value: unknown): boolean {
  // '*' within a list is an attempt at all of them.
  return isIdentifier(value, MAX_DID_LENGTH) && value !== '*';
}

function readScopes(scopes: unknown): readonly EmbedScope[] {
  const known: readonly unknown[] = EMBED_SCOPES;
  if (Array.isArray(scopes) && scopes.length >= 1 && scopes.every((scope) => known.includes(scope)))
    return [...new Set(scopes as EmbedScope[])];
  throw new TypeError(
    `createEmbedToken: scopes must name at least one of ${EMBED_SCOPES.join(', ')}`,
  );
}

function readLifetime(expiresIn: unknown): number {
  const seconds = typeof expiresIn === 'string' ? parseSeconds(expiresIn) : expiresIn;
  const isSound =
    typeof seconds === 'number' &&
    Number.isInteger(seconds) &&
    seconds >= 1 &&
    seconds <= MAX_LIFETIME_SECONDS;
  if (isSound) return seconds;
  throw new TypeError(
    "createEmbedToken: expiresIn must be 1 to 3600 seconds, or a text such as '10m', '90s' or '1h'",
  );
}

function parseSeconds(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,4})([smh])$/.exec(text) ?? [];
  return count === '' ? Number.NaN : Number(count) * (UNITS[unit] ?? Number.NaN);
}

function readOrigins(origins: unknown, listed: ReadonlySet<string>): readonly string[] | null {
  if (origins === undefined) return null;
  if (!Array.isArray(origins) || origins.length === 0) {
    throw new TypeError('createEmbedToken: origins must be a list of at least one, or left out');
  }
  return origins.map((origin) => {
    const checked = requireOrigin(origin, 'createEmbedToken: origins');
    if (!listed.has(checked)) {
      throw new TypeError(`createEmbedToken: ${checked} is not one of embed.origins`);
    }
    return checked;
  });
}
