import type { Database } from '../../src/db/database.js';
import type { WriteCounts } from '../../src/recording/call-write-store.js';
import { storeJobs } from '../../src/recording/record-calls.js';
import type { StoredCall } from '../../src/values/stored-call.js';

/** Stores checked calls of one caller. */
export async function storeCalls(
  database: Database,
  calls: readonly StoredCall[],
): Promise<WriteCounts | undefined> {
  const [counts] = await storeJobs(database, [calls]);
  return counts;
}
