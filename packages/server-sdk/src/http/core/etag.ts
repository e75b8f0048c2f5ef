import { hash } from 'node:crypto';

const MINUTE_MS = 60_000;

/**
 * The tag of a response by the version of its data, before the response is made. A range that follows the clock loses
 * calls at its beginning without a write, and projects' names are the host's: the tag of such a response changes each
 * minute, any other every five.
 */
export function createVersionEtag(
  userDid: string,
  url: string,
  version: string,
  nowMs: number,
): string {
  const lifetimeMs = /[?&]from=/.test(url) && /[?&]to=/.test(url) ? 5 * MINUTE_MS : MINUTE_MS;
  return hashTag([userDid, url, version, Math.floor(nowMs / lifetimeMs)]);
}

/**
 * The tag of a response by its content: equal for one user and request as long as the content is. When it was computed does
 * not count, nor does the end of a range that follows the clock. Salted with the user, so that equal tags reveal nothing
 * of two users' responses.
 */
export function createContentEtag(userDid: string, url: string, body: object): string {
  const { freshness, range, ...lasting } = body as Record<string, unknown>;
  const rolledUpThrough =
    typeof freshness === 'object' && freshness !== null && 'rolledUpThrough' in freshness
      ? freshness.rolledUpThrough
      : null;
  const own = /[?&](from|to)=/.test(url) ? range : null;
  return hashTag([userDid, url, rolledUpThrough, lasting, own]);
}

function hashTag(parts: readonly unknown[]): string {
  return `W/"${hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 27)}"`;
}

/**
 * Whether an `If-None-Match` header names the tag; weak comparison, as RFC 9110 requires. `*` names none: it only
 * matches once there is a response, see {@link matchesAnyEtag}.
 */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const opaque = etag.replace(/^W\//, '');
  return header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === opaque);
}

/** Whether an `If-None-Match` header is `*`, which every existing response matches. */
export function matchesAnyEtag(header: string | undefined): boolean {
  return header?.trim() === '*';
}
