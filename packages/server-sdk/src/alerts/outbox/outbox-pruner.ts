import type { Database } from '../../db/database.js';
import type { Clock } from '../../runtime/clock.js';
import { HOUR_MS, UTC_DAY_MS } from '../../values/time.js';
import { deleteDelivered, deleteEvents } from './prune-store.js';

/** Retention of the outbox, in days. */
export interface AlertRetention {
  /** Events, and deliveries that did not succeed. */
  eventDays: number;
  /** Deliveries that succeeded. */
  deliveredDays: number;
}

/** What a pruner needs. */
export interface OutboxPrunerOptions {
  database: Database;
  clock: Clock;
  retention: AlertRetention;
  /** Receives errors of the database. Must not throw. */
  onError: (error: unknown) => void;
}

/** Deletes what is older than the retention of the outbox. */
export interface OutboxPruner {
  /** Deletes a bounded number of rows, once an hour at most; what is left is deleted an hour later. Never rejects. */
  prune(signal?: AbortSignal): Promise<void>;
}

const INTERVAL_MS = HOUR_MS;
/** Rows of a transaction, and transactions of an hour: a backlog must not hold the rollup. */
const BATCH_ROWS = 200;
const MAX_BATCHES = 50;

/** Makes a pruner; one for each process. Two that delete concurrently delete the same rows, which does no harm. */
export function createOutboxPruner(options: OutboxPrunerOptions): OutboxPruner {
  const { database, clock, retention, onError } = options;
  let nextMs = Number.NEGATIVE_INFINITY;
  const deleteAll = async (
    deleteSome: typeof deleteEvents,
    beforeMs: number,
    signal: AbortSignal | undefined,
  ): Promise<void> => {
    for (let batch = 0; batch < MAX_BATCHES && signal?.aborted !== true; batch += 1) {
      if ((await deleteSome(database, beforeMs, BATCH_ROWS)) < BATCH_ROWS) return;
    }
  };
  return {
    prune: async (signal) => {
      const nowMs = clock.now();
      if (nowMs < nextMs) return;
      nextMs = nowMs + INTERVAL_MS;
      try {
        await deleteAll(deleteDelivered, nowMs - retention.deliveredDays * UTC_DAY_MS, signal);
        await deleteAll(deleteEvents, nowMs - retention.eventDays * UTC_DAY_MS, signal);
      } catch (error) {
        onError(error);
      }
    },
  };
}
