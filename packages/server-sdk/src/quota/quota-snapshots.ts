import type { Database } from '../db/database.js';
import type { Logger } from '../runtime/logger.js';
import { MINUTE_MS } from '../values/time.js';
import {
  readQuotaSnapshot,
  writeQuotaSnapshots,
  type QuotaSnapshot,
} from './quota-snapshot-store.js';

/** Users whose answers wait to be written, at most; beyond it the next poll writes them. */
const MAX_PENDING = 20_000;
const BATCH = 500;
/** An answer that stays the same is written again this often, so that its age in the table stays honest. */
const REWRITE_MS = 5 * MINUTE_MS;

/** Answers that outlive the process, for a start while the provider is down. */
export interface QuotaSnapshots {
  read(userDid: string): Promise<{ answeredAtMs: number; answer: unknown } | null>;
  /**
   * Writes an answer behind the request, unless the last one was the same and is recent.
   *
   * @param saved what was written last, as this returned it
   */
  save(snapshot: QuotaSnapshot, saved: SavedAnswer | null): SavedAnswer;
  /** Forgets an answer that is not written yet. */
  forget(userDid: string): void;
  /** Resolves when everything is written. */
  close(): Promise<void>;
}

/** What the table has for a user, as far as this process knows. */
export interface SavedAnswer {
  answer: string;
  atMs: number;
}

/** One transaction writes all that gathered while the one before ran. A table that fails costs only the memory. */
export function createQuotaSnapshots(database: Database, logger: Logger): QuotaSnapshots {
  const pending = new Map<string, QuotaSnapshot>();
  let draining: Promise<void> | null = null;
  let hasFailed = false;
  const note = (error: unknown): void => {
    if (!hasFailed) logger.warn('Balances cannot be remembered in the database', { error });
    hasFailed = true;
  };
  const drain = async (): Promise<void> => {
    while (pending.size > 0) {
      const batch = [...pending.values()].slice(0, BATCH);
      for (const { userDid } of batch) pending.delete(userDid);
      try {
        await writeQuotaSnapshots(database, batch);
        hasFailed = false;
      } catch (error) {
        note(error);
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
        note(error);
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
