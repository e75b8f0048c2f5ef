import type { KeyKind } from '../db/tables.js';

const CACHED_IDS = 200_000;

/**
 * Ids that do not have to be looked up again. They never change; but those of a transaction that was rolled back are
 * none, so a cache is to be dropped with the first error.
 */
export class KeyCache {
  readonly #ids: Record<KeyKind, Map<string, number>> = {
    user: new Map(),
    project: new Map(),
    model: new Map(),
  };

  /** Ids by name; forgotten when they get too many. */
  of(kind: KeyKind): Map<string, number> {
    if (this.#ids[kind].size > CACHED_IDS) this.#ids[kind] = new Map();
    return this.#ids[kind];
  }
}
