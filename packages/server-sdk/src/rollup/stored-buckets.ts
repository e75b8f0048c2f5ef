import type { Database } from '../db/database.js';
import { readIds } from '../domain/packed-figures.js';
import type { Grain } from '../domain/range-cover.js';
import { HOUR_MS, type TimeRange } from '../domain/time.js';
import { findUserId } from '../stores/key-store.js';
import {
  readProjectRows,
  readUserIds,
  readUserRows,
  type StoredBucketRow,
} from '../stores/rollup-build-store.js';
import type { Transaction } from '../stores/transaction.js';
import { inSnapshot } from './read-hours.js';

/** Names by their numbers. */
export type KeyNamesById = (id: number) => string;

/** Rows by `<user number> <start of the bucket>`. */
export interface StoredBuckets {
  rows: Map<string, StoredBucketRow[]>;
}

/** Reads what is stored of the buckets of a range. */
export function readStoredBuckets(
  database: Database,
  userDid: string | null,
  grain: Grain,
  range: TimeRange,
): Promise<StoredBuckets> {
  return inSnapshot(database, async (transaction) => {
    const rows = new Map<string, StoredBucketRow[]>();
    const add = (row: StoredBucketRow): void => {
      const place = `${row.userId} ${row.bucketMs}`;
      rows.set(place, [...(rows.get(place) ?? []), row]);
    };
    const userIds = await usersOf(transaction, userDid);
    for (const row of await readUserRows(transaction, userIds, grain, range)) {
      add(row);
      if (grain === 'hour') continue;
      const projectIds = new Set<number>();
      readIds(row.appIds ?? '', projectIds);
      const bucket = { fromMs: row.bucketMs, toMs: row.bucketMs + HOUR_MS };
      const projects = [...projectIds];
      for (const found of await readProjectRows(transaction, row.userId, projects, grain, bucket)) {
        add(found);
      }
    }
    return { rows };
  });
}

async function usersOf(transaction: Transaction, userDid: string | null): Promise<number[]> {
  if (userDid === null) return readUserIds(transaction);
  const id = await findUserId(transaction, userDid);
  return id === null ? [] : [id];
}
