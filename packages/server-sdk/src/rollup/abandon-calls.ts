import { endAbandonedCalls, findAbandonedCalls } from './abandoned-call-store.js';
import type { RollupRun } from './rollup-run.js';

/** How many calls are found at a time, and at most ended in one transaction. */
const CALLS_PER_TRANSACTION = 500;

/**
 * Ends abandoned calls as failed. If one ends after all, its recorder corrects it. Calls of a host's table are not changed.
 *
 * @throws StatementError when the database fails
 */
export async function abandonCalls(run: RollupRun): Promise<void> {
  const { abandonAfter, nowMs, database } = run.options;
  if (abandonAfter === null || !database.calls.isOwn) return;
  const limit = { abandonAfter, nowMs };
  while (!run.isStopped) {
    const users = await findAbandonedCalls(run.reader, limit, CALLS_PER_TRANSACTION);
    let ended = 0;
    for (const { userDid, ids } of users) {
      if (run.isStopped) break;
      ended += await run.transaction((t) => endAbandonedCalls(t, userDid, ids, limit));
      await run.timeSlices.yieldIfDue();
    }
    run.report.abandonedCalls += ended;
    // Otherwise another instance has ended the same calls.
    if (ended === 0) return;
  }
}
