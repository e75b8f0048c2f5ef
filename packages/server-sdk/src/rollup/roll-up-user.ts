import { UTC_DAY_MS, floorTo } from '../values/time.js';
import { OvertakenError, findNextCall } from './rollup-user-store.js';
import { readUserProgress } from '../aggregates/store/user-progress.js';
import { archiveCalls } from './archive-calls.js';
import { buildDue } from './build-due.js';
import { rebuildDirty } from './rebuild-dirty.js';
import type { RollupRun } from './rollup-run.js';
import { UserSession } from './user-session.js';

/**
 * Rolls up all of a user that is due: hours whose calls changed, then the hours up to now with the days and months they
 * complete, then hours that changed meanwhile.
 */
export async function rollUpUser(run: RollupRun, userDid: string): Promise<void> {
  await withSession(run, userDid, advance);
}

/** Archives a user's calls that are old enough, after all before them is built. */
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

/** Calls that started before it are archived, epoch ms; `null`: none. */
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
    // Another instance, which took the slot over, does the rest of it.
    if (!(error instanceof OvertakenError)) throw error;
  } finally {
    // A transaction that is still at work must not outlive the run.
    await session.drain().catch(() => undefined);
  }
}
