import type { Database } from '../db/database.js';
import type { Grain } from '../domain/range-cover.js';
import type { TimeRange } from '../domain/time.js';
import type { BucketRows } from '../domain/user-bucket.js';
import { findUserId } from '../stores/key-store.js';
import { readUserIds } from '../stores/rollup-build-store.js';
import { readProjectRows, readUserRows } from '../stores/stored-bucket-store.js';
import type { Transaction } from '../stores/transaction.js';
import { inSnapshot } from './read-calls.js';

/** Names by their numbers. */
export type KeyNamesById = (id: number) => string;

/** Reads what is stored of the buckets of a range, by `<user number> <start of the bucket>`. */
export function readStoredBuckets(
  database: Database,
  userDid: string | null,
  grain: Grain,
  range: TimeRange,
): Promise<Map<string, BucketRows>> {
  return inSnapshot(database, async (transaction) => {
    const buckets = new Map<string, BucketRows>();
    const userIds = await usersOf(transaction, userDid);
    for (const user of await readUserRows(transaction, userIds, grain, range)) {
      const projects =
        grain === 'hour'
          ? []
          : await readProjectRows(transaction, user.userId, grain, user.bucketMs);
      buckets.set(`${user.userId} ${user.bucketMs}`, { user, projects });
    }
    return buckets;
  });
}

async function usersOf(transaction: Transaction, userDid: string | null): Promise<number[]> {
  if (userDid === null) return readUserIds(transaction);
  const id = await findUserId(transaction, userDid);
  return id === null ? [] : [id];
}
