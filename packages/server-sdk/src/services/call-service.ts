import type {
  CallItem,
  CallSort,
  CallStatus,
  CallType,
  Project,
  ProjectCalls,
  SortOrder,
} from '../contract/index.js';
import type { Database } from '../db/database.js';
import { formatCredits } from '../domain/credits.js';
import { modelKeyOfText } from '../domain/model-key.js';
import type { StoredCall } from '../domain/stored-call.js';
import { toInstant } from '../domain/time.js';
import { countCalls, readCallPage, type CallFilter } from '../stores/call-page-store.js';
import { decodeCursor, encodeCursor, listingFingerprint, type CallCursor } from './call-cursor.js';
import { requireCalls } from './project-service.js';
import { toRange, type QueryRange } from './query-range.js';
import { readSnapshot, type UserSnapshot } from './user-snapshot.js';

/** What the call history is asked for. */
export interface CallListQuery {
  range: QueryRange;
  /** Whether the range was given, rather than the last 30 days: part of what a cursor belongs to. */
  rangeGiven: boolean;
  model: string | null;
  status: CallStatus | null;
  type: CallType | null;
  minDurationMs: number | null;
  search: string | null;
  sortBy: CallSort;
  sortOrder: SortOrder;
  limit: number;
  cursor: string | null;
}

/** One page of a project's calls. @throws UsageError `PROJECT_NOT_FOUND`, `CURSOR_INVALID` */
export function listCalls(
  database: Database,
  userDid: string,
  project: Project,
  query: CallListQuery,
  nowMs: number,
): Promise<ProjectCalls> {
  const fingerprint = fingerprintOf(userDid, project.appDid, query);
  const cursor = query.cursor === null ? null : decodeCursor(query.cursor, fingerprint);
  const range = { ...query.range, ...(cursor && { fromMs: cursor.fromMs, toMs: cursor.toMs }) };
  const filter = toFilter(project.appDid, { ...query, range });
  const read = async (snapshot: UserSnapshot): Promise<ProjectCalls> => {
    requireCalls(await snapshot.firstCallAtMs(project.appDid), project.appDid);
    // One row more than asked tells whether there is a next page.
    const rows = await readCallPage(snapshot.transaction, userDid, filter, {
      sortBy: query.sortBy,
      sortOrder: query.sortOrder,
      after: cursor?.position ?? null,
      limit: query.limit + 1,
    });
    const page = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? page.at(-1) : undefined;
    return {
      project,
      items: page.map(toItem),
      nextCursor: last ? encodeCursor(cursorAt(last, query.sortBy, range), fingerprint) : null,
      total: await countMatching(snapshot, userDid, filter),
      range: toRange(range),
      freshness: snapshot.freshness,
    };
  };
  return readSnapshot(database, userDid, nowMs, read, project.appDid);
}

function fingerprintOf(userDid: string, appDid: string, query: CallListQuery): string {
  const { range } = query;
  return listingFingerprint([
    userDid,
    appDid,
    ...(query.rangeGiven ? [range.fromMs, range.toMs] : [null, null]),
    query.model,
    query.status,
    query.type,
    query.minDurationMs,
    query.search,
    query.sortBy,
    query.sortOrder,
  ]);
}

function toFilter(appDid: string, query: CallListQuery): CallFilter {
  return {
    appDid,
    range: query.range,
    model: query.model,
    status: query.status,
    type: query.type,
    minDurationUs: query.minDurationMs === null ? null : Math.ceil(query.minDurationMs * 1000),
    search: query.search,
  };
}

function cursorAt(call: StoredCall, sortBy: CallSort, range: QueryRange): CallCursor {
  const value = sortBy === 'time' ? call.startedAtMs : call.durationUs;
  return { fromMs: range.fromMs, toMs: range.toMs, position: { value, id: call.id } };
}

/** From the pre-aggregates wherever they know the answer: model, status and type they tell apart. */
async function countMatching(
  snapshot: UserSnapshot,
  userDid: string,
  filter: CallFilter,
): Promise<number> {
  if (filter.minDurationUs !== null || filter.search !== null) {
    return countCalls(snapshot.transaction, userDid, filter);
  }
  const groups = await snapshot.models(filter.range, filter.appDid);
  let count = 0;
  for (const [key, figures] of groups) {
    const { model, type } = modelKeyOfText(key);
    if (filter.model !== null && model !== filter.model) continue;
    if (filter.type !== null && type !== filter.type) continue;
    const { calls, successfulCalls, failedCalls } = figures;
    const processing = calls - successfulCalls - failedCalls;
    const byStatus = { success: successfulCalls, failed: failedCalls, processing };
    count += filter.status === null ? calls : byStatus[filter.status];
  }
  return count;
}

function toItem(call: StoredCall): CallItem {
  return {
    id: call.id,
    traceId: call.traceId,
    startedAt: toInstant(call.startedAtMs),
    status: call.status,
    model: call.model,
    provider: call.provider === '' ? null : call.provider,
    type: call.type,
    usage: {
      inputTokens: call.inputTokens,
      outputTokens: call.outputTokens,
      totalTokens: call.totalTokens,
      units: call.units,
    },
    durationMs: toMilliseconds(call.durationUs),
    ttfbMs: toMilliseconds(call.ttfbUs),
    credits: call.creditsE8 === null ? null : formatCredits(BigInt(call.creditsE8)),
    errorReason: call.errorReason,
    metadata: parseMetadata(call.metadata),
  };
}

function toMilliseconds(us: number | null): number | null {
  return us === null ? null : us / 1000;
}

/** Another program may have written the row: what is not an object is shown as none. */
function parseMetadata(text: string | null): Record<string, unknown> | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
