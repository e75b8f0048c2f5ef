import { modelKeyFromText } from '../../values/model-key.js';
import type { CallFigures } from '../../aggregates/model/call-figures.js';
import type { StoredCall } from '../../values/stored-call.js';
import { HOUR_MS, UTC_DAY_MS, floorTo, type TimeRange } from '../../values/time.js';
import { findCandidates, isAllowed, type CallFilter } from './call-filter.js';
import { countStatuses } from './count-statuses.js';
import { findDurationPosition } from './call-duration-pages.js';
import type { CallPageQuery, CallPosition } from './call-page-rows.js';
import { countCalls, cutRangeAfter, readCallPage } from './call-page-store.js';
import type { UserSnapshot } from '../user-snapshot.js';

/** Calls that a search found. */
export interface FoundCalls {
  /** In order; up to one more than the limit. */
  calls: StoredCall[];
  /** Where the search stopped before its end, because it had read as many calls as it may; `null`: it did not. */
  stoppedAt: CallPosition | null;
  /** Calls that match, of all pages; `null` where too many would have to be read. */
  total: number | null;
}

/** How many calls a search reads. */
export interface SearchLimits {
  /** Up to so many are read without skipping any. */
  maxUnskipped: number;
  /** The search stops when it has read so many. */
  max: number;
  /** About so many are read by one statement. */
  perStatement: number;
  /** Up to so many without a match are read rather than skipped. */
  maxGap: number;
}

/** Reading the maximum takes a fifth of a second on a slow machine. */
export const SEARCH_LIMITS: SearchLimits = {
  maxUnskipped: 20_000,
  max: 50_000,
  perStatement: 5000,
  maxGap: 500,
};

/** A page, and how many calls may be read for it. */
export interface SearchQuery extends CallPageQuery {
  limits: SearchLimits;
}

/**
 * Reads a page of calls by any filter, in bounded time. Aggregates or an index show which spans of time have no match, and the
 * search skips those; it reads the others one by one until the page is full or the limit is reached.
 *
 * @throws StatementError when the database fails
 */
export async function searchCalls(
  snapshot: UserSnapshot,
  userDid: string,
  filter: CallFilter,
  { limits, ...query }: SearchQuery,
): Promise<FoundCalls> {
  const { transaction } = snapshot;
  const count = countMatches(filter, await readModels(snapshot, filter));
  if (count.matching === 0) return { calls: [], stoppedAt: null, total: 0 };
  const isCounted = filter.search === null && filter.minDurationUs === null;

  const areFew = count.calls <= limits.maxUnskipped;
  // A host's table may lack the indexes of the other plans.
  if (areFew || !transaction.calls.isOwn) {
    const calls = await readCallPage(transaction, userDid, filter, { ...query, foundBy: 'time' });
    if (isCounted) return { calls, stoppedAt: null, total: count.matching };
    const total = areFew ? await countCalls(transaction, userDid, filter) : null;
    return { calls, stoppedAt: null, total };
  }
  const ids = isCounted ? null : await findCandidates(transaction, userDid, filter);
  if (ids) {
    const among = { ...filter, ids };
    const calls = await readCallPage(transaction, userDid, among, { ...query, foundBy: 'id' });
    return { calls, stoppedAt: null, total: await countCalls(transaction, userDid, among) };
  }
  const walk = query.sortBy === 'time' ? walkByTime : walkByDuration;
  const found = await walk({ snapshot, userDid, filter, query, limits });
  return { ...found, total: isCounted ? count.matching : null };
}

async function readModels(
  snapshot: UserSnapshot,
  { range, appDid }: CallFilter,
): Promise<Map<string, CallFigures>> {
  const [figures] = await snapshot.figures([{ ...range, parts: { models: true } }], appDid);
  return figures?.models ?? new Map<string, CallFigures>();
}

interface MatchCount {
  calls: number;
  /** At most so many match; exactly so many without a search and a minimal duration. */
  matching: number;
}

/** Counts matches by aggregates, which distinguish model, status and type. */
function countMatches(filter: CallFilter, groups: ReadonlyMap<string, CallFigures>): MatchCount {
  const count = { calls: 0, matching: 0 };
  for (const [key, figures] of groups) {
    count.calls += figures.calls;
    const { model, type } = modelKeyFromText(key);
    const isListed = isAllowed(filter.models, model) && isAllowed(filter.types, type);
    if (isListed) count.matching += countStatuses(figures, filter.statuses);
  }
  return count;
}

type Walked = Omit<FoundCalls, 'total'>;

/** A search that skips spans. */
interface Search {
  snapshot: UserSnapshot;
  userDid: string;
  filter: CallFilter;
  query: CallPageQuery;
  limits: SearchLimits;
}

interface Span extends MatchCount {
  range: TimeRange;
}

/** Reads the spans that have a match, in the order of the list. */
async function walkByTime(search: Search): Promise<Walked> {
  const { snapshot, userDid, filter, query, limits } = search;
  const found: StoredCall[] = [];
  let seen = 0;
  const remaining = cutRangeAfter(filter.range, query.sortOrder, query.after);
  const spans = joinSpans({ ...search, filter: { ...filter, range: remaining } });
  for await (const { range, calls } of spans) {
    const limit = query.limit - found.length;
    const page = { ...query, limit };
    found.push(...(await readCallPage(snapshot.transaction, userDid, { ...filter, range }, page)));
    seen += calls;
    if (found.length >= query.limit) break;
    if (seen >= limits.max) {
      const value = query.sortOrder === 'asc' ? range.toMs : range.fromMs;
      return { calls: found, stoppedAt: { value, id: null } };
    }
  }
  return { calls: found, stoppedAt: null };
}

/** Lists spans with a match, and joins neighbours while one statement can read them. */
async function* joinSpans(search: Search): AsyncGenerator<Span> {
  const { limits } = search;
  let waiting: Span | null = null;
  for await (const span of listDaysAndHours(search)) {
    const isGap = span.matching === 0 && span.calls > limits.maxGap;
    if (waiting && !isGap && waiting.calls + span.calls <= limits.perStatement) {
      waiting = joinTwo(waiting, span);
      continue;
    }
    if (waiting) yield waiting;
    waiting = span.matching === 0 ? null : span;
  }
  if (waiting) yield waiting;
}

const FIRST_DAYS = 8;

/** Lists days in the order of the list, and hours of days with many calls; counts four times as many days each time. */
async function* listDaysAndHours(search: Search): AsyncGenerator<Span> {
  const { sortOrder } = search.query;
  const { perStatement } = search.limits;
  let { range } = search.filter;
  for (let days = FIRST_DAYS; range.fromMs < range.toMs; days *= 4) {
    const [next, remaining] = cutDays(range, days, sortOrder);
    for (const day of await countSpans(search, next, UTC_DAY_MS)) {
      if (day.calls <= perStatement || day.matching === 0) yield day;
      else yield* await countSpans(search, day.range, HOUR_MS);
    }
    range = remaining;
  }
}

/** Cuts the first days of a range in an order from the rest. */
function cutDays(
  { fromMs, toMs }: TimeRange,
  days: number,
  sortOrder: CallPageQuery['sortOrder'],
): [TimeRange, TimeRange] {
  if (sortOrder === 'asc') {
    const cutMs = Math.min(toMs, floorTo(UTC_DAY_MS, fromMs) + days * UTC_DAY_MS);
    return [
      { fromMs, toMs: cutMs },
      { fromMs: cutMs, toMs },
    ];
  }
  const cutMs = Math.max(fromMs, floorTo(UTC_DAY_MS, toMs - 1) - (days - 1) * UTC_DAY_MS);
  return [
    { fromMs: cutMs, toMs },
    { fromMs, toMs: cutMs },
  ];
}

function joinTwo(one: Span, other: Span): Span {
  return {
    range: {
      fromMs: Math.min(one.range.fromMs, other.range.fromMs),
      toMs: Math.max(one.range.toMs, other.range.toMs),
    },
    calls: one.calls + other.calls,
    matching: one.matching + other.matching,
  };
}

async function countSpans(
  { snapshot, filter, query }: Search,
  range: TimeRange,
  widthMs: number,
): Promise<Span[]> {
  const ranges: TimeRange[] = [];
  for (let { fromMs } = range; fromMs < range.toMs;) {
    const toMs = Math.min(floorTo(widthMs, fromMs) + widthMs, range.toMs);
    ranges.push({ fromMs, toMs });
    fromMs = toMs;
  }
  const models = ranges.map((span) => ({ ...span, parts: { models: true } }));
  const figures = await snapshot.figures(models, filter.appDid);
  const spans = ranges.map((span, index) => ({
    range: span,
    ...countMatches(filter, figures[index]?.models ?? new Map<string, CallFigures>()),
  }));
  return query.sortOrder === 'asc' ? spans : spans.reverse();
}

/** Reads from position to position in the order by duration, each some calls further. */
async function walkByDuration(search: Search): Promise<Walked> {
  const { userDid, filter, query } = search;
  const { transaction } = search.snapshot;
  const { perStatement, max } = search.limits;
  const calls: StoredCall[] = [];
  let { after } = query;
  for (let seen = 0; ; seen += perStatement) {
    if (seen >= max) return { calls, stoppedAt: after };
    const position = { appDid: filter.appDid, sortOrder: query.sortOrder, after };
    const until = await findDurationPosition(transaction, userDid, position, perStatement);
    const limit = query.limit - calls.length;
    calls.push(
      ...(await readCallPage(transaction, userDid, filter, { ...query, after, until, limit })),
    );
    if (calls.length >= query.limit || until === null) return { calls, stoppedAt: null };
    after = until;
  }
}
