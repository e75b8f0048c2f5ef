import { endAbandonedCalls, findAbandonedCalls } from './abandoned-call-store.js';
import type { RollupRun } from './rollup-run.js';

/** How many calls are found at a time, and ended in one transaction at most. */
const CALLS_PER_PART = 500;

/**
 * Ends calls as failed that have been under way for too long: their process is gone. One that ends after all is corrected by
 * its recorder. Calls of a host's own table are left alone.
 */
export async function abandonCalls(run: RollupRun): Promise<void> {
  const { abandonAfter, nowMs, database } = run.options;
  if (abandonAfter === null || !database.calls.isOwn) return;
  const limit = { abandonAfter, nowMs };
  while (!run.isStopped) {
    const users = await findAbandonedCalls(run.reader, limit, CALLS_PER_PART);
    let ended = 0;
    for (const { userDid, ids } of users) {
      if (run.isStopped) break;
      ended += await run.transaction((t) => endAbandonedCalls(t, userDid, ids, limit));
      await run.timeSlices.yieldIfDue();
    }
    run.report.abandonedCalls += ended;
    // Another instance ends the same ones.
    if (ended === 0) return;
  }
}
