import { UTC_DAY_MS, floorTo } from '../values/time.js';
import { OvertakenError, findNextCall } from './rollup-user-store.js';
import { readUserProgress } from '../aggregates/store/user-progress.js';
import { archiveCalls } from './archive-calls.js';
import { buildDue } from './build-due.js';
import { rebuildDirty } from './rebuild-dirty.js';
import type { RollupRun } from './rollup-run.js';
import { UserSession } from './user-session.js';

/**
 * Rolls up a user: dirty hours, then the hours up to now with the days and months they complete, then hours that became dirty
 * meanwhile. Does nothing more when another rollup has overtaken this one.
 *
 * @throws what a transaction failed with
 */
export async function rollUpUser(run: RollupRun, userDid: string): Promise<void> {
  await withSession(run, userDid, advance);
}

/** Archives a user's calls that started before an instant, epoch ms, after rolling the user up. @throws what a transaction failed with */
export async function archiveUser(
  run: RollupRun,
  userDid: string,
  beforeMs: number,
): Promise<void> {
  const firstMs = await findNextCall(run.reader, userDid, Number.MIN_SAFE_INTEGER);
  if (firstMs === null || firstMs >= beforeMs) return;
  await withSession(run, userDid, async (session) => {
    await advance(session);
    if (!run.isStopped) await archiveCalls(session, beforeMs);
  });
}

/** The instant before which calls are archived, epoch ms; `null`: none are. */
export function getArchiveLimit({ options }: RollupRun): number | null {
  const { retentionDays, nowMs, database } = options;
  if (retentionDays === null || !database.calls.isOwn) return null;
  return floorTo(UTC_DAY_MS, nowMs - retentionDays * UTC_DAY_MS);
}

async function advance(session: UserSession): Promise<void> {
  const { run } = session;
  await rebuildDirty(session);
  if (run.isStopped) return;
  await session.claim(run.dueThroughMs);
  await buildDue(session);
  if (!run.isStopped) await rebuildDirty(session);
}

async function withSession(
  run: RollupRun,
  userDid: string,
  work: (session: UserSession) => Promise<void>,
): Promise<void> {
  const progress = await readUserProgress(run.reader, userDid);
  if (progress === null) return;
  const session = new UserSession(run, userDid, progress);
  try {
    await work(session);
  } catch (error) {
    // Another instance has leased the slot and continues the work.
    if (!(error instanceof OvertakenError)) throw error;
  } finally {
    // A transaction in progress must not outlive the run.
    await session.drain().catch(() => undefined);
  }
}
