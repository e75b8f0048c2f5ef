import type { Advice, AdviceItem } from '../contract/advice.js';
import { toRange } from '../queries/query-range.js';
import { createNamelessProject } from '../values/nameless-project.js';
import { toInstant } from '../values/time.js';
import { arrangeAdvice } from './arrange-advice.js';
import { findAdvice, type AdviceDependencies, type AdviceQuery } from './find-advice.js';
import { readAdviceHistory } from './advice-history.js';

/**
 * Reads what can be advised about the user's calls of a range, and what became of what was done. A token of some projects sees no
 * outcome, which is the account's.
 *
 * @throws StatementError when the database fails
 */
export async function getAdvice(
  deps: AdviceDependencies,
  userDid: string,
  query: AdviceQuery,
): Promise<Advice> {
  const { projects, nowMs } = query;
  const found = await findAdvice(deps, userDid, query, (snapshot) =>
    readAdviceHistory(snapshot, userDid, { ...deps, hasOutcomes: projects === null, nowMs }),
  );
  const { items, omitted } = arrangeAdvice(userDid, found.drafts, found.more);
  const names = listProjectNames(items);
  const described = await deps.describe(names);
  return {
    items,
    omitted,
    unavailable: found.unavailable,
    projects: names.map((appDid) => described.get(appDid) ?? createNamelessProject(appDid)),
    basedOn: {
      calls: found.calls,
      callsRead: found.recent.calls.length,
      callsFrom: toInstant(found.recent.fromMs),
      truncated: found.recent.isTruncated,
    },
    range: toRange(query.range),
    freshness: found.freshness,
  };
}

/** The projects of claims and of evidence. */
function listProjectNames(items: readonly AdviceItem[]): string[] {
  const names = items.flatMap(({ claim, evidence }) => [
    ...('appDid' in claim ? [claim.appDid] : []),
    ...evidence.map(({ appDid }) => appDid),
  ]);
  return [...new Set(names)];
}
