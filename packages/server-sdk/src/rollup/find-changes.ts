import { markChanges, readChanges } from '../stores/change-store.js';
import { inSnapshot } from './in-snapshot.js';
import type { RollupRun } from './rollup-run.js';

/** Marks what a host's program changed in its own table. It is read outside a transaction that would hold writers up. */
export async function findChanges(run: RollupRun): Promise<void> {
  const found = await inSnapshot(run.options.database, readChanges);
  if (found !== null) await run.transaction((transaction) => markChanges(transaction, found));
}
