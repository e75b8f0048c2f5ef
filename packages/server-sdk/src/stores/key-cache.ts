import type { KeyKind } from '../db/tables.js';

const CACHED_IDS = 200_000;

/**
 * Ids that do not have to be looked up again. They never change; but those of a transaction that was rolled back are
 * none, so a cache is to be dropped with the first error.
 */
export class KeyCache {
  readonly #most: number;
  readonly #ids: Record<KeyKind, Map<string, number>> = {
    user: new Map(),
    project: new Map(),
    model: new Map(),
  };

  /** @param most ids of a kind, above which it is forgotten */
  constructor(most = CACHED_IDS) {
    this.#most = most;
  }

  /** Ids by name. */
  of(kind: KeyKind): Map<string, number> {
    return this.#ids[kind];
  }

  /** Forgets ids where they got too many. Not between looking names up and working with their ids. */
  trim(): void {
    for (const ids of Object.values(this.#ids)) if (ids.size > this.#most) ids.clear();
  }
}
