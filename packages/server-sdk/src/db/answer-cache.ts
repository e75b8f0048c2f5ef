import { LRUCache } from 'lru-cache';

const MAX_STATES = 20_000;
const MAX_CHARACTERS = 64_000_000;

/** Something kept, and about how much memory it takes, in characters. */
interface Kept {
  value: object;
  size: number;
}

/**
 * What answers were made of before. Nothing in it is trusted by itself: keys name the state of the user's data that a value
 * belongs to, and every answer reads the present state first.
 */
export class AnswerCache {
  /** The state that a user was in the last time. */
  readonly states = new LRUCache<string, object>({ max: MAX_STATES });
  readonly #parts = new LRUCache<string, Kept>({
    maxSize: MAX_CHARACTERS,
    sizeCalculation: ({ size }) => size,
  });

  /** A part of an answer; never to be changed. */
  get(key: string): object | undefined {
    return this.#parts.get(key)?.value;
  }

  /** Forgets a part. */
  delete(key: string): void {
    this.#parts.delete(key);
  }

  /** Forgets all. */
  clear(): void {
    this.states.clear();
    this.#parts.clear();
  }

  set(key: string, value: object, size: number): void {
    this.#parts.set(key, { value, size: Math.max(1, size + key.length) });
  }
}
