import type { Database } from '../db/database.js';
import type { Logger } from '../runtime/logger.js';
import { MINUTE_MS } from '../values/time.js';
import {
  readQuotaSnapshot,
  writeQuotaSnapshots,
  type QuotaSnapshot,
} from './quota-snapshot-store.js';

/** Maximum number of snapshots that wait to be written; the next poll adds further ones again. */
const MAX_PENDING = 20_000;
const BATCH_SIZE = 500;
/** An unchanged snapshot is written again after this time, so that its age in the table stays correct. */
const REWRITE_MS = 5 * MINUTE_MS;

/** Snapshots in the database, for a start while the provider is down. */
export interface QuotaSnapshots {
  /** Reads the snapshot of a user; `null` when there is none or the database fails. */
  read(userDid: string): Promise<{ answeredAtMs: number; answer: unknown } | null>;
  /**
   * Schedules a snapshot to be written, unless the last one was equal and is recent.
   *
   * @param saved the last returned value for this user
   * @returns the snapshot that is in the table or will be
   */
  save(snapshot: QuotaSnapshot, saved: SavedSnapshot | null): SavedSnapshot;
  /** Drops a snapshot that is not written yet. */
  forget(userDid: string): void;
  /** Resolves when all snapshots are written. */
  close(): Promise<void>;
}

/** The last snapshot of a user that this process has scheduled. */
export interface SavedSnapshot {
  answer: string;
  atMs: number;
}

/** Makes the snapshots: one transaction writes those that arrived during the one before. A failure is logged, not thrown. */
export function createQuotaSnapshots(database: Database, logger: Logger): QuotaSnapshots {
  const pending = new Map<string, QuotaSnapshot>();
  let draining: Promise<void> | null = null;
  let hasFailed = false;
  const logFirstFailure = (error: unknown): void => {
    if (!hasFailed)
      logger.warn('Snapshots of balances cannot be stored in the database', { error });
    hasFailed = true;
  };
  const drain = async (): Promise<void> => {
    while (pending.size > 0) {
      const batch = [...pending.values()].slice(0, BATCH_SIZE);
      for (const { userDid } of batch) pending.delete(userDid);
      try {
        await writeQuotaSnapshots(database, batch);
        hasFailed = false;
      } catch (error) {
        logFirstFailure(error);
      }
    }
    draining = null;
  };
  return {
    read: async (userDid) => {
      try {
        const snapshot = await readQuotaSnapshot(database, userDid);
        return snapshot && { ...snapshot, answer: JSON.parse(snapshot.answer) as unknown };
      } catch (error) {
        logFirstFailure(error);
        return null;
      }
    },
    save: (snapshot, saved) => {
      const { answer, answeredAtMs } = snapshot;
      const isSame = saved?.answer === answer && answeredAtMs - saved.atMs < REWRITE_MS;
      if (saved && isSame) return saved;
      if (pending.size < MAX_PENDING) pending.set(snapshot.userDid, snapshot);
      draining ??= drain();
      return { answer, atMs: answeredAtMs };
    },
    forget: (userDid) => {
      pending.delete(userDid);
    },
    close: async () => {
      await draining;
    },
  };
}
