import { createHash } from 'node:crypto';

/**
 * Names an answer: equal for one user and request as long as the answer says the same. When it was computed does not
 * count, nor does where a range ends that follows the clock. Salted with the user, so that equal tags tell nothing of
 * two users' answers.
 */
export function etagOf(userDid: string, url: string, body: object): string {
  const { freshness, range, ...lasting } = body as Record<string, unknown>;
  const rolledUpThrough =
    typeof freshness === 'object' && freshness !== null && 'rolledUpThrough' in freshness
      ? freshness.rolledUpThrough
      : null;
  const hash = createHash('sha256');
  hash.update(
    JSON.stringify([
      userDid,
      url,
      rolledUpThrough,
      lasting,
      /[?&](from|to)=/.test(url) ? range : null,
    ]),
  );
  return `W/"${hash.digest('base64url').slice(0, 27)}"`;
}

/** Whether an `If-None-Match` header names the tag; weak comparison, as RFC 9110 asks. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  const opaque = etag.replace(/^W\//, '');
  return header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === opaque);
}
