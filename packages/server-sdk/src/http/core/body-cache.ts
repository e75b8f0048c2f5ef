import { LRUCache } from 'lru-cache';

const MAX_CHARACTERS = 16_000_000;
/** A tag is good for a minute, or for five. */
const MAX_AGE_MS = 300_000;

/** Bodies by the tag of their response. */
export type BodyCache = Pick<LRUCache<string, string>, 'get' | 'set' | 'clear'>;

/** A cache of some megabytes, the least recently used dropped first. */
export function createBodyCache(): BodyCache {
  return new LRUCache<string, string>({
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (body, etag) => body.length + etag.length,
    ttl: MAX_AGE_MS,
  });
}
