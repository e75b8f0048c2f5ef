import type { FailureItem } from '../contract/project-failures.js';
import { compareText } from '../values/compare-text.js';
import { toInstant } from '../values/time.js';
import type { FailedCall } from './failed-calls-store.js';
import { classifyFailure, findStatusCode } from './failure-reason.js';

/** Failed calls for one reason. */
interface Group extends Pick<FailureItem, 'reason' | 'statusCode'> {
  calls: number;
  lastMs: number;
  models: Map<string, number>;
}

/**
 * Groups failed calls by their reason and status code, the most frequent first; of those alike the one that came last.
 *
 * @param failedCalls those that shares are of
 */
export function groupFailures(calls: readonly FailedCall[], failedCalls: number): FailureItem[] {
  const groups = new Map<string, Group>();
  for (const call of calls) addCall(groups, call);
  return [...groups.values()]
    .sort((a, b) => b.calls - a.calls || b.lastMs - a.lastMs || compareText(keyOf(a), keyOf(b)))
    .map(({ reason, statusCode, calls: count, lastMs, models }) => ({
      reason,
      statusCode,
      calls: count,
      share: count / failedCalls,
      models: [...models]
        .sort(([a, of], [b, other]) => other - of || compareText(a, b))
        .map(([model]) => model),
      lastCallAt: toInstant(lastMs),
    }));
}

function addCall(
  groups: Map<string, Group>,
  { errorReason, model, startedAtMs }: FailedCall,
): void {
  const names = { reason: classifyFailure(errorReason), statusCode: findStatusCode(errorReason) };
  const key = keyOf(names);
  const group = groups.get(key) ?? {
    ...names,
    calls: 0,
    lastMs: startedAtMs,
    models: new Map<string, number>(),
  };
  groups.set(key, group);
  group.calls += 1;
  group.lastMs = Math.max(group.lastMs, startedAtMs);
  group.models.set(model, (group.models.get(model) ?? 0) + 1);
}

function keyOf({ reason, statusCode }: Pick<FailureItem, 'reason' | 'statusCode'>): string {
  return `${reason} ${statusCode ?? ''}`;
}
