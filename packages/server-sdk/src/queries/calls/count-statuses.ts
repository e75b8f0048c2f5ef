import type { CallStatus } from '../../contract/common.js';
import type { CallFigures } from '../../aggregates/model/call-figures.js';

/** Counts the calls of figures that have one of some statuses. @param statuses `null`: any */
export function countStatuses(
  { calls, successfulCalls, failedCalls }: CallFigures,
  statuses: readonly CallStatus[] | null,
): number {
  if (statuses === null) return calls;
  const processing = calls - successfulCalls - failedCalls;
  const byStatus = { success: successfulCalls, failed: failedCalls, processing };
  return statuses.reduce((sum, status) => sum + byStatus[status], 0);
}
