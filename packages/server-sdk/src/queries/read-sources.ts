import type { Database } from '../db/database.js';
import type { OwnWrite, OwnWrites } from '../db/own-writes.js';
import { startTimeout } from '../runtime/wait.js';
import {
  getVersionCount,
  readDataVersions,
  readReplicaStates,
  type ReplicaState,
} from './data-version-store.js';
import { DataVersions } from './data-versions.js';

/** A database that one response is read from, and the version that it has of the user. */
export interface ReadSource {
  database: Database;
  version: string;
  /** Whether the primary is to be asked where this one fails. */
  isReplica: boolean;
}

/** A replica, and how far it may be behind. */
export interface Replica {
  database: Database;
  maxLagMs: number;
  ownWrites: OwnWrites;
}

/** Without an answer for so long, milliseconds, a replica counts as down. */
const REPLICA_TIMEOUT_MS = 1000;
/** How long a replica that is down is not asked again, milliseconds. */
const DOWN_MS = 5000;

/**
 * Chooses the database of each response: the replica where it is up, lags little and has what this process wrote of the user;
 * else the primary.
 *
 * @see docs/adr/0045-answers-from-a-standby.md
 */
export class ReadSources {
  readonly #database: Database;
  readonly #replica: Replica | null;
  readonly #versions: DataVersions;
  readonly #states: DataVersions<ReplicaState> | null;
  #downUntilMs = 0;

  /** @param replica `null`: all responses are read from the primary */
  constructor(database: Database, replica: Replica | null) {
    this.#database = database;
    this.#replica = replica;
    this.#versions = new DataVersions(database, readDataVersions);
    this.#states = replica && new DataVersions(replica.database, readReplicaStates);
  }

  /** @throws StatementError when the primary is needed and fails */
  async choose(userDid: string, nowMs: number): Promise<ReadSource> {
    const write = this.#replica?.ownWrites.get(userDid) ?? null;
    return (await this.#chooseReplica(userDid, write, nowMs)) ?? this.#readPrimary(userDid, write);
  }

  /** Leaves out the replica for a while, after a statement on it failed as one of a server that is down. */
  markDown(): void {
    this.#downUntilMs = performance.now() + DOWN_MS;
  }

  async #readPrimary(userDid: string, write: OwnWrite | null): Promise<ReadSource> {
    const version = await this.#versions.read(userDid);
    if (write) write.version = getVersionCount(version);
    return { database: this.#database, version, isReplica: false };
  }

  async #chooseReplica(
    userDid: string,
    write: OwnWrite | null,
    nowMs: number,
  ): Promise<ReadSource | null> {
    const replica = this.#replica;
    if (!replica || performance.now() < this.#downUntilMs || write?.version === null) return null;
    const state = await this.#readState(userDid);
    if (state?.asOfMs == null || nowMs - state.asOfMs > replica.maxLagMs) return null;
    if (write !== null && !hasWrite(state.version, write.version)) return null;
    if (write !== null) replica.ownWrites.forget(userDid, write);
    const database = { ...replica.database, asOfMs: state.asOfMs };
    return { database, version: state.version, isReplica: true };
  }

  /** The replica's state of a user; `null` when it does not answer. */
  async #readState(userDid: string): Promise<ReplicaState | null> {
    let cancel = (): void => undefined;
    const timeout = new Promise<null>((resolve) => {
      cancel = startTimeout(REPLICA_TIMEOUT_MS, () => {
        resolve(null);
      });
    });
    const state = await Promise.race([this.#states?.read(userDid), timeout]).catch(() => null);
    cancel();
    if (!state) this.markDown();
    return state ?? null;
  }
}

/** Whether a replica's version of a user is that of a write or later. */
function hasWrite(version: string, written: number | null): boolean {
  const count = getVersionCount(version);
  if (written === null) return false;
  return written === 0 ? count === 0 : count >= written;
}
