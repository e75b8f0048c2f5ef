import type { TimeRange } from '../domain/time.js';
import type { UserSnapshot } from './user-snapshot.js';

/** Whether there was a call before a range at all: a new user's growth from nothing is no change. */
export async function hadCallsBefore(
  snapshot: UserSnapshot,
  range: TimeRange,
  appDid: string | null,
): Promise<boolean> {
  const firstCallAtMs = await snapshot.firstCallAtMs(appDid);
  return firstCallAtMs !== null && firstCallAtMs < range.fromMs;
}
