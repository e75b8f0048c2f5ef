import type { Freshness, Project } from '../../contract/common.js';
import type { SortOrder } from '../../contract/query-params.js';
import type { CallCounts, CallItem, CallSort, ProjectCalls } from '../../contract/project-calls.js';
import type { Database } from '../../db/database.js';
import { formatE10 } from '../../values/amounts.js';
import type { StoredCall } from '../../values/stored-call.js';
import { toInstant } from '../../values/time.js';
import { countValues } from './call-counts.js';
import type { CallFilter, ValueFilters } from './call-filter.js';
import type { CallPageQuery, CallPosition } from './call-page-rows.js';
import { countInIndex, readCallPage } from './call-page-store.js';
import { decodeCursor, encodeCursor, type CursorListing } from './call-cursor.js';
import type { CursorKeys } from './cursor-keys.js';
import { SEARCH_LIMITS, searchCalls, type FoundCalls, type SearchQuery } from './call-search.js';
import {
  describeProvidersOf,
  type DescribedProvider,
  type DescribeProviders,
} from '../provider-info.js';
import { requireCalls } from '../project-service.js';
import { toRange, type QueryRange } from '../query-range.js';
import { readSnapshot, withTotals, type UserSnapshot } from '../user-snapshot.js';

/** Project, range, filter, order and page of the call history. */
export interface CallListQuery extends ValueFilters {
  project: Project;
  range: QueryRange;
  /** Whether the request has a range, rather than the default of 30 days; a cursor is valid for only one of the two. */
  rangeGiven: boolean;
  minDurationMs: number | null;
  search: string | null;
  sortBy: CallSort;
  sortOrder: SortOrder;
  limit: number;
  /** Whether the calls of each value of the filters are counted, too. */
  hasCounts: boolean;
  cursor: string | null;
  nowMs: number;
}

/** Dependencies of {@link listCalls}. */
export interface CallListDependencies {
  database: Database;
  cursorKeys: CursorKeys;
  describeProviders: DescribeProviders;
  limits: { maxRangeDays: number };
}

/** Reads one page of a project's calls. @throws UsageError `PROJECT_NOT_FOUND`, `CURSOR_INVALID` */
export async function listCalls(
  { database, cursorKeys, describeProviders, limits }: CallListDependencies,
  userDid: string,
  query: CallListQuery,
): Promise<ProjectCalls> {
  const { project, nowMs } = query;
  const listing: CursorListing = {
    parts: toListingParts(userDid, query),
    sortBy: query.sortBy,
    maxRangeDays: limits.maxRangeDays,
  };
  const cursor =
    query.cursor === null ? null : await decodeCursor(query.cursor, listing, cursorKeys, nowMs);
  const range = { ...query.range, ...(cursor && { fromMs: cursor.fromMs, toMs: cursor.toMs }) };
  const after = cursor?.position ?? null;
  const found = await findCalls(database, userDid, { ...query, range }, after);
  requireCalls(found.firstCallAtMs, project.appDid);
  const items = found.calls.slice(0, query.limit);
  const last = items.at(-1);
  const next =
    found.calls.length > query.limit && last ? toPosition(last, query.sortBy) : found.stoppedAt;
  const names = await describeProvidersOf(
    describeProviders,
    items.map(({ provider }) => toProviderId(provider)),
  );
  return {
    project,
    items: items.map((call) => toCallItem(call, names)),
    nextCursor:
      next &&
      encodeCursor({ ...range, position: next }, listing, await cursorKeys.getSigningKey(nowMs)),
    total: found.total,
    ...(found.counts && { counts: found.counts }),
    range: toRange(range),
    freshness: found.freshness,
  };
}

function findCalls(
  database: Database,
  userDid: string,
  query: CallListQuery,
  after: CallPosition | null,
): Promise<Listed> {
  const { appDid } = query.project;
  const page: SearchQuery = {
    sortBy: query.sortBy,
    sortOrder: query.sortOrder,
    after,
    // One more than the page shows whether there is a next one.
    limit: query.limit + 1,
    limits: SEARCH_LIMITS,
  };
  return readSnapshot(database, userDid, query.nowMs, async (snapshot) => {
    const { range, ...filter } = toFilter(query);
    const fromMs = Math.max(range.fromMs, snapshot.progress.archivedBeforeMs);
    const listed = { ...filter, range: { ...range, fromMs } };
    const list = isUnfiltered(query) ? listUnfiltered : searchCalls;
    const hasCalls = fromMs < range.toMs;
    return {
      ...(hasCalls ? await list(snapshot, userDid, listed, page) : NO_CALLS),
      counts: query.hasCounts ? await countValues(snapshot, userDid, listed) : null,
      firstCallAtMs: await snapshot.firstCallAtMs(appDid),
      freshness: snapshot.freshness,
    };
  });
}

interface Listed extends FoundCalls {
  counts: CallCounts | null;
  firstCallAtMs: number | null;
  freshness: Freshness;
}

const NO_CALLS: FoundCalls = { calls: [], stoppedAt: null, total: 0 };

/** Whether the list has every call of the range, in the order of time, as widgets poll it. */
function isUnfiltered({
  models,
  statuses,
  types,
  minDurationMs,
  search,
  sortBy,
}: CallListQuery): boolean {
  const filters = [models, statuses, types, minDurationMs, search];
  return sortBy === 'time' && filters.every((filter) => filter === null);
}

async function listUnfiltered(
  snapshot: UserSnapshot,
  userDid: string,
  filter: CallFilter,
  page: CallPageQuery,
): Promise<FoundCalls> {
  const calls = await readCallPage(snapshot.transaction, userDid, filter, page);
  return { calls, stoppedAt: null, total: await countListed(snapshot, userDid, filter) };
}

/** A host may delete rows of its table without notice: the figures still have these calls, and the list does not. */
async function countListed(
  snapshot: UserSnapshot,
  userDid: string,
  filter: CallFilter,
): Promise<number> {
  const { transaction } = snapshot;
  if (!transaction.calls.isOwn) return countInIndex(transaction, userDid, filter);
  const [figures] = await snapshot.figures(withTotals([filter.range]), filter.appDid);
  return figures?.total.calls ?? 0;
}

/** The parts of a listing, which its cursors are valid for. */
function toListingParts(userDid: string, query: CallListQuery): CursorListing['parts'] {
  const { project, range } = query;
  return [
    userDid,
    project.appDid,
    ...(query.rangeGiven ? [range.fromMs, range.toMs] : [null, null]),
    toPart(query.models),
    toPart(query.statuses),
    toPart(query.types),
    query.minDurationMs,
    query.search,
    query.sortBy,
    query.sortOrder,
  ];
}

/** The order of values does not matter; one is a text, as it was before there could be several. */
function toPart(values: readonly string[] | null): string | readonly string[] | null {
  if (values === null) return null;
  const [first, ...others] = [...values].sort();
  return others.length === 0 ? (first ?? null) : [first ?? '', ...others];
}

function toFilter(query: CallListQuery): CallFilter {
  return {
    appDid: query.project.appDid,
    range: query.range,
    models: query.models,
    statuses: query.statuses,
    types: query.types,
    minDurationUs: query.minDurationMs === null ? null : Math.ceil(query.minDurationMs * 1000),
    search: query.search,
  };
}

/** The position of a call in a list. */
export function toPosition(call: StoredCall, sortBy: CallSort): CallPosition {
  return { value: sortBy === 'time' ? call.startedAtMs : call.durationUs, id: call.id };
}

/** The stored text of no provider is empty. */
export function toProviderId(provider: string): string | null {
  return provider === '' ? null : provider;
}

/** A call as the history shows it. @param names of the providers */
export function toCallItem(
  call: StoredCall,
  names: ReadonlyMap<string, DescribedProvider>,
): CallItem {
  const provider = toProviderId(call.provider);
  const described = names.get(provider ?? '');
  return {
    id: call.id,
    traceId: call.traceId,
    startedAt: toInstant(call.startedAtMs),
    status: call.status,
    model: call.model,
    provider,
    providerName: described?.name ?? null,
    providerLogoUrl: described?.logoUrl ?? null,
    type: call.type,
    usage: {
      inputTokens: call.inputTokens,
      outputTokens: call.outputTokens,
      totalTokens: call.totalTokens,
      units: call.units,
      cachedInputTokens: call.cachedInputTokens,
      cacheWriteTokens: call.cacheWriteTokens,
      reasoningTokens: call.reasoningTokens,
    },
    durationMs: toMilliseconds(call.durationUs),
    ttfbMs: toMilliseconds(call.ttfbUs),
    credits: call.creditsE10 === null ? null : formatE10(BigInt(call.creditsE10)),
    cost: call.costE10 === null ? null : formatE10(BigInt(call.costE10)),
    currency: call.currency,
    costSource: call.costSource,
    priceTable: call.priceTable,
    errorReason: call.errorReason,
    metadata: parseMetadata(call.metadata),
  };
}

function toMilliseconds(us: number | null): number | null {
  return us === null ? null : us / 1000;
}

/** Null for metadata that is not a JSON object, which another program may have written. */
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
