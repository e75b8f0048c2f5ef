import { LRUCache } from 'lru-cache';

const MAX_CHARACTERS = 16_000_000;
/** Tags are named anew each minute, or every five. */
const LONGEST_MS = 300_000;

/** Bodies by the tag of their answer. */
export type BodyCache = Pick<LRUCache<string, string>, 'get' | 'set' | 'clear'>;

/** A cache of some megabytes, the least recently asked for dropped first. */
export function createBodyCache(): BodyCache {
  return new LRUCache<string, string>({
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (body, etag) => body.length + etag.length,
    ttl: LONGEST_MS,
  });
}
