import { randomBytes } from 'node:crypto';
import type { Database } from '../../db/database.js';
import { UTC_DAY_MS } from '../../values/time.js';
import { addSecret, readSecrets, type StoredSecret } from '../../db/secret-store.js';

const PURPOSE = 'cursor';
const KEY_BYTES = 32;
/** A key signs for this long. */
const SIGNING_MS = 30 * UTC_DAY_MS;
/** Cursors of a key are valid for this long after its creation; a page that is open longer starts again. */
const VERIFYING_MS = 32 * UTC_DAY_MS;
/** How often cursors of unknown keys may make the process read the keys again. */
const RELOAD_MS = 5000;

/** A key that authenticates cursors. */
export interface CursorKey {
  id: string;
  bytes: Buffer;
}

/**
 * The keys of cursors, shared by all instances through the database. An instance that needs a key and finds none, or only
 * old ones, adds one; the others read it when a cursor names it.
 */
export class CursorKeys {
  #keys: readonly StoredSecret[] = [];
  #loading: Promise<void> | null = null;
  #loadedAtMs = Number.NEGATIVE_INFINITY;

  constructor(readonly database: Database) {}

  /** The key that signs now; adds one where the newest is too old. @throws StatementError when there is none and none can be added */
  async getSigningKey(nowMs: number): Promise<CursorKey> {
    if (!this.#isFresh(nowMs)) await this.#load(nowMs);
    if (!this.#isFresh(nowMs)) await this.#add(nowMs);
    const [newest] = this.#keys;
    if (!newest) throw new TypeError('The key of cursors was not stored');
    return toCursorKey(newest);
  }

  /** The key that a cursor names; `null` for one that is not known or no longer valid. */
  async find(id: string, nowMs: number): Promise<CursorKey | null> {
    if (!this.#get(id) && Math.abs(nowMs - this.#loadedAtMs) >= RELOAD_MS) await this.#load(nowMs);
    const key = this.#get(id);
    return key && nowMs - key.createdAtMs < VERIFYING_MS ? toCursorKey(key) : null;
  }

  #get(id: string): StoredSecret | undefined {
    return this.#keys.find((key) => key.id === id);
  }

  #isFresh(nowMs: number): boolean {
    const [newest] = this.#keys;
    return newest !== undefined && nowMs - newest.createdAtMs < SIGNING_MS;
  }

  async #load(nowMs: number): Promise<void> {
    this.#loading ??= readSecrets(this.database, PURPOSE)
      .then((keys) => {
        this.#keys = keys;
        this.#loadedAtMs = nowMs;
      })
      .finally(() => {
        this.#loading = null;
      });
    await this.#loading;
  }

  /** Two instances may each add one at the same time: both are valid. */
  async #add(nowMs: number): Promise<void> {
    const key = {
      id: randomBytes(9).toString('base64url'),
      secret: randomBytes(KEY_BYTES).toString('base64url'),
      createdAtMs: nowMs,
    };
    try {
      await addSecret(this.database, PURPOSE, key, nowMs - VERIFYING_MS);
    } catch (error) {
      // While the database cannot be written, the old key signs; without one no cursor can be signed.
      if (this.#keys.length === 0) throw error;
      return;
    }
    await this.#load(nowMs);
  }
}

function toCursorKey({ id, secret }: StoredSecret): CursorKey {
  return { id, bytes: Buffer.from(secret, 'base64url') };
}
