import { LRUCache } from 'lru-cache';

/** What this process knows of a user that it wrote. */
export interface OwnWrite {
  /** The version that the primary had of the user after the write; 0: none, the user was erased. `null`: not read yet. */
  version: number | null;
}

/** Users of whom a process remembers its writes. */
const MAX_USERS = 10_000;

/**
 * The users that this process wrote a short while ago, whom a replica may not show as they are. They are forgotten after a
 * time in which any replica in use has replayed the write.
 */
export class OwnWrites {
  readonly #users: LRUCache<string, OwnWrite>;
  /** Until when users that were dropped for want of space may be any, `performance.now()`. */
  #unknownUntilMs = 0;

  /** @param ttlMs milliseconds after which a write is forgotten; more than a replica may lag */
  constructor(ttlMs: number, maxUsers = MAX_USERS) {
    this.#users = new LRUCache({
      max: maxUsers,
      ttl: ttlMs,
      dispose: (_write, _userDid, reason) => {
        if (reason === 'evict') this.#unknownUntilMs = performance.now() + ttlMs;
      },
    });
  }

  /** Remembers a write of users. To be called before the caller learns that it is done. */
  note(userDids: Iterable<string>): void {
    for (const userDid of userDids) this.#users.set(userDid, { version: null });
  }

  /** The write of a user that a replica may not have; `null`: there is none. */
  get(userDid: string): OwnWrite | null {
    const write = this.#users.get(userDid);
    if (write) return write;
    return performance.now() < this.#unknownUntilMs ? { version: null } : null;
  }

  /** Forgets a write that a replica has. */
  forget(userDid: string, write: OwnWrite): void {
    if (this.#users.get(userDid) === write) this.#users.delete(userDid);
  }
}
