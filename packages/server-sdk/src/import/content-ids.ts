import { createHash } from 'node:crypto';
import { IMPORT_FIELDS } from './mapping.js';
import type { FieldValues } from './to-call-input.js';

/** A `Map` has at most 16.7 million keys. */
const SHARDS = 64;
const KEY_DIGITS = 12;
const ID_DIGITS = 32;

/**
 * Makes ids for records without one by hashing their values: the same call in another export, in another order or among
 * other calls has the same id. Equal records are counted, and get different ids.
 */
export class ContentIds {
  readonly #prefix: string;
  readonly #counts = Array.from({ length: SHARDS }, () => new Map<number, number>());

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Returns the id of the next record with these values. */
  next(fields: FieldValues): string {
    const hash = createHash('sha256').update(toContent(fields)).digest('hex');
    const key = Number.parseInt(hash.slice(0, KEY_DIGITS), 16);
    const counts = this.#counts[key % SHARDS] as Map<number, number>;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    const id = `${this.#prefix}-${hash.slice(0, ID_DIGITS)}`;
    return count === 1 ? id : `${id}-${count}`;
  }
}

/** A JSON array in the order of fields, so that values of different fields are not confused. */
function toContent(fields: FieldValues): string {
  return JSON.stringify(
    IMPORT_FIELDS.map((field) => {
      const value = fields[field];
      return typeof value === 'string' ? value.trim() : (value ?? null);
    }),
  );
}
