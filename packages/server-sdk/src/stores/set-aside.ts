import type { BucketRows } from '../domain/user-bucket.js';
import { markHoursDirty } from './dirty-hour-store.js';
import { readKeyNames } from './key-store.js';
import { isStorable } from './stats-columns.js';
import { setAsideKey, type Transaction } from './transaction.js';

/**
 * Takes the users out whose sums are beyond what columns hold, and marks their bucket instead: it is computed from the calls
 * with every answer, and tried again by the next rollup.
 *
 * @returns the same rows, or a copy in which such users have none
 */
export async function setUnstorableAside(
  transaction: Transaction,
  bucketMs: number,
  rowsByUser: ReadonlyMap<number, BucketRows>,
): Promise<ReadonlyMap<number, BucketRows>> {
  const unstorable = [...rowsByUser].filter(([, { user }]) => user && !isStorable(user.figures));
  if (unstorable.length === 0) return rowsByUser;
  const rows = new Map(rowsByUser);
  const nameOf = await readKeyNames(
    transaction,
    unstorable.map(([userId]) => userId),
  );
  const marks = unstorable.map(([userId]) => ({ userDid: nameOf(userId), hourMs: bucketMs }));
  for (const [userId] of unstorable) rows.set(userId, { user: null, projects: [] });
  for (const { userDid, hourMs } of marks) {
    transaction.setAside?.add(setAsideKey(userDid, hourMs));
  }
  await markHoursDirty(transaction, marks);
  return rows;
}
