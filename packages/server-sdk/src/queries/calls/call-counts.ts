import { CALL_STATUSES, type CallStatus, type CallType } from '../../contract/common.js';
import type { CallCounts, ValueCount } from '../../contract/project-calls.js';
import type { CallFigures } from '../../aggregates/model/call-figures.js';
import { queryRows } from '../../db/executor.js';
import { sql } from '../../db/sql.js';
import { modelKeyFromText, toCallType } from '../../values/model-key.js';
import type { UserSnapshot } from '../user-snapshot.js';
import {
  isAllowed,
  isOfProject,
  listConditions,
  selectWhere,
  type CallFilter,
} from './call-filter.js';
import { SEARCH_LIMITS } from './call-search.js';

/** Of so many models the most used are listed. */
const MAX_MODELS = 200;

/** Calls of the range with the same model, type and status. */
interface Group {
  model: string;
  type: CallType;
  status: CallStatus;
  calls: number;
}

/**
 * Counts for each value of a filter the calls that it lists together with the other filters: by the aggregates of models, which
 * distinguish statuses. With a search or a minimum duration it reads the calls, where they are few, and else does not know.
 *
 * @param filter whose range begins where calls are listed
 */
export async function countValues(
  snapshot: UserSnapshot,
  userDid: string,
  filter: CallFilter,
): Promise<CallCounts> {
  const { range, appDid } = filter;
  const isListed = range.fromMs < range.toMs;
  const [figures] = isListed
    ? await snapshot.figures([{ ...range, parts: { models: true } }], appDid)
    : [];
  const all = toGroups(figures?.models ?? new Map<string, CallFigures>());
  const matching = await findMatching(snapshot, userDid, filter, all);
  const { models, statuses, types } = filter;
  const listValues = (
    valueOf: (group: Group) => string,
    isOther: (group: Group) => boolean,
    values: readonly string[] = rank(all, valueOf),
  ): ValueCount[] => {
    const counts = sumBy((matching ?? []).filter(isOther), valueOf);
    return values.map((value) => ({ value, calls: matching && (counts.get(value) ?? 0) }));
  };
  const hasModel = ({ model }: Group): boolean => isAllowed(models, model);
  const hasStatus = ({ status }: Group): boolean => isAllowed(statuses, status);
  const hasType = ({ type }: Group): boolean => isAllowed(types, type);
  return {
    model: listValues(
      ({ model }) => model,
      (group) => hasStatus(group) && hasType(group),
    ).slice(0, MAX_MODELS),
    status: listValues(
      ({ status }) => status,
      (group) => hasModel(group) && hasType(group),
      CALL_STATUSES,
    ),
    type: listValues(
      ({ type }) => type,
      (group) => hasModel(group) && hasStatus(group),
    ),
  };
}

/** The groups of the calls that fulfil a search and a minimum duration; `null` where too many would have to be read. */
async function findMatching(
  { transaction }: UserSnapshot,
  userDid: string,
  filter: CallFilter,
  all: readonly Group[],
): Promise<readonly Group[] | null> {
  if (filter.search === null && filter.minDurationUs === null) return all;
  const calls = all.reduce((sum, group) => sum + group.calls, 0);
  if (calls > SEARCH_LIMITS.maxUnskipped) return null;
  if (calls === 0) return [];
  const { page } = transaction.calls;
  const conditions = listConditions(transaction, userDid, {
    filter: { ...filter, models: null, statuses: null, types: null },
    project: isOfProject(transaction, filter.appDid),
    foundBy: 'time',
  });
  const columns = `${page.model} as model, ${page.type} as type, ${page.status} as status`;
  const end = sql`group by 1, 2, 3`;
  const query = selectWhere(transaction, `${columns}, count(*) as calls`, conditions, end);
  const rows = await queryRows<Group & { calls: number | string }>(transaction, query);
  // Another program may have written a type that is not known.
  return rows.map((row) => ({ ...row, type: toCallType(row.type), calls: Number(row.calls) }));
}

function toGroups(models: ReadonlyMap<string, CallFigures>): Group[] {
  return [...models].flatMap(([key, { calls, successfulCalls, failedCalls }]) => {
    const { model, type } = modelKeyFromText(key);
    const processing = calls - successfulCalls - failedCalls;
    const byStatus = { success: successfulCalls, failed: failedCalls, processing };
    return CALL_STATUSES.map((status) => ({ model, type, status, calls: byStatus[status] }));
  });
}

function sumBy(
  groups: readonly Group[],
  valueOf: (group: Group) => string,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const group of groups) {
    const value = valueOf(group);
    sums.set(value, (sums.get(value) ?? 0) + group.calls);
  }
  return sums;
}

/** Values by the calls of the range, whatever the filters are: they stay in their places while a person chooses. */
function rank(groups: readonly Group[], valueOf: (group: Group) => string): string[] {
  return [...sumBy(groups, valueOf)]
    .sort(([a, calls], [b, others]) => others - calls || (a < b ? -1 : 1))
    .map(([value]) => value);
}
