import { hash } from 'node:crypto';

const MINUTE_MS = 60_000;

/**
 * Names an answer by the version of the data that it is made of, before it is made. A range that follows the clock loses
 * calls at its beginning without a write, and projects' names are the host's: such an answer is named anew each minute,
 * any other every five.
 */
export function etagOfVersion(
  userDid: string,
  url: string,
  version: string,
  nowMs: number,
): string {
  const lastingMs = /[?&]from=/.test(url) && /[?&]to=/.test(url) ? 5 * MINUTE_MS : MINUTE_MS;
  return tagOf([userDid, url, version, Math.floor(nowMs / lastingMs)]);
}

/**
 * Names an answer by what it says: equal for one user and request as long as the answer says the same. When it was computed does not
 * count, nor does where a range ends that follows the clock. Salted with the user, so that equal tags tell nothing of
 * two users' answers.
 */
export function etagOf(userDid: string, url: string, body: object): string {
  const { freshness, range, ...lasting } = body as Record<string, unknown>;
  const rolledUpThrough =
    typeof freshness === 'object' && freshness !== null && 'rolledUpThrough' in freshness
      ? freshness.rolledUpThrough
      : null;
  const own = /[?&](from|to)=/.test(url) ? range : null;
  return tagOf([userDid, url, rolledUpThrough, lasting, own]);
}

function tagOf(parts: readonly unknown[]): string {
  return `W/"${hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 27)}"`;
}

/**
 * Whether an `If-None-Match` header names the tag; weak comparison, as RFC 9110 asks. `*` names none: it may only be
 * answered when there is an answer to be unchanged, see {@link matchesAnyEtag}.
 */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const opaque = etag.replace(/^W\//, '');
  return header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === opaque);
}

/** Whether an `If-None-Match` header is `*`: any answer that is there at all is unchanged. */
export function matchesAnyEtag(header: string | undefined): boolean {
  return header?.trim() === '*';
}
