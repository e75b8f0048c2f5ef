import { createHash } from 'node:crypto';
import { IMPORT_FIELDS } from './mapping.js';
import type { FieldValues } from './to-call-input.js';

/** One map holds 16.7 million keys at most. */
const SHARDS = 64;
const KEY_DIGITS = 12;
const ID_DIGITS = 32;

/**
 * Ids for records without one, from what the record says: the same call in another export, in another order or among
 * other calls has the same id. Records that say the same are counted, and the second has an id of its own.
 */
export class ContentIds {
  readonly #prefix: string;
  readonly #counts = Array.from({ length: SHARDS }, () => new Map<number, number>());

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The id of the next record that says this. */
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

/** A list by the order of fields, so that no text of one can be taken for another's. */
function toContent(fields: FieldValues): string {
  return JSON.stringify(
    IMPORT_FIELDS.map((field) => {
      const value = fields[field];
      return typeof value === 'string' ? value.trim() : (value ?? null);
    }),
  );
}
