import { modelKeyFromText } from '../../values/model-key.js';
import type { CallFigures } from '../../aggregates/model/call-figures.js';
import type { StoredCall } from '../../values/stored-call.js';
import { HOUR_MS, UTC_DAY_MS, floorTo, type TimeRange } from '../../values/time.js';
import { findCandidates, type CallFilter } from './call-filter.js';
import { durationPositionAfter } from './call-duration-pages.js';
import type { CallPageQuery, CallPosition } from './call-page-rows.js';
import { countCalls, rangeAfter, readCallPage } from './call-page-store.js';
import { getCallSource } from '../../db/transaction.js';
import type { UserSnapshot } from '../user-snapshot.js';

/** Calls that were found. */
export interface FoundCalls {
  /** In order; up to one more than the limit. */
  calls: StoredCall[];
  /** Where the search stopped before its end, having read as many calls as one answer may. */
  stoppedAt: CallPosition | null;
  /** Calls that match, of all pages; `null` where too many would have to be read. */
  total: number | null;
}

/** How many calls an answer reads. */
export interface SearchLimits {
  /** So few are all read. */
  few: number;
  /** At which an answer stops, with what it has. */
  most: number;
  /** Of one statement, about. */
  perStatement: number;
  /** So few without a match are read rather than skipped. */
  gap: number;
}

/** A fifth of a second on a slow machine. */
const LIMITS: SearchLimits = { few: 20_000, most: 50_000, perStatement: 5000, gap: 500 };

/**
 * A page of calls by any filter, in bounded time: what cannot match is skipped, as far as the pre-aggregates or an index
 * know it; the others are read span by span until the page is full or enough were read.
 */
export async function searchCalls(
  snapshot: UserSnapshot,
  userDid: string,
  filter: CallFilter,
  query: CallPageQuery,
  limits: SearchLimits = LIMITS,
): Promise<FoundCalls> {
  const { transaction } = snapshot;
  const count = countMatches(filter, await readModels(snapshot, filter));
  if (count.matching === 0) return { calls: [], stoppedAt: null, total: 0 };
  const isCounted = filter.search === null && filter.minDurationUs === null;

  const areFew = count.calls <= limits.few;
  // Of a host's table there is no index to rely on: what it is asked, it reads.
  if (areFew || !getCallSource(transaction).isOwn) {
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
  const found = await walk(snapshot, userDid, filter, query, limits);
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
  /** At most so many match; exactly so many without a search and a shortest duration. */
  matching: number;
}

/** What the pre-aggregates know: model, status and type they tell apart. */
function countMatches(filter: CallFilter, groups: ReadonlyMap<string, CallFigures>): MatchCount {
  const count = { calls: 0, matching: 0 };
  for (const [key, { calls, successfulCalls, failedCalls }] of groups) {
    count.calls += calls;
    const { model, type } = modelKeyFromText(key);
    if (filter.model !== null && model !== filter.model) continue;
    if (filter.type !== null && type !== filter.type) continue;
    const processing = calls - successfulCalls - failedCalls;
    const byStatus = { success: successfulCalls, failed: failedCalls, processing };
    count.matching += filter.status === null ? calls : byStatus[filter.status];
  }
  return count;
}

type Walked = Omit<FoundCalls, 'total'>;

interface Span extends MatchCount {
  range: TimeRange;
}

/** From span to span that has a match, in the order of the listing. */
async function walkByTime(
  snapshot: UserSnapshot,
  userDid: string,
  filter: CallFilter,
  query: CallPageQuery,
  limits: SearchLimits,
): Promise<Walked> {
  const found: StoredCall[] = [];
  let seen = 0;
  const remaining = rangeAfter(filter.range, query.sortOrder, query.after);
  for await (const { range, calls } of joinSpans(
    snapshot,
    { ...filter, range: remaining },
    query,
    limits,
  )) {
    const limit = query.limit - found.length;
    const page = { ...query, limit };
    found.push(...(await readCallPage(snapshot.transaction, userDid, { ...filter, range }, page)));
    seen += calls;
    if (found.length >= query.limit) break;
    if (seen >= limits.most) {
      const value = query.sortOrder === 'asc' ? range.toMs : range.fromMs;
      return { calls: found, stoppedAt: { value, id: null } };
    }
  }
  return { calls: found, stoppedAt: null };
}

/** Spans with a match, those without skipped; neighbours as one while their calls are few. */
async function* joinSpans(
  snapshot: UserSnapshot,
  filter: CallFilter,
  query: CallPageQuery,
  limits: SearchLimits,
): AsyncGenerator<Span> {
  let waiting: Span | null = null;
  for await (const span of listDaysAndHours(snapshot, filter, query, limits)) {
    const isGap = span.matching === 0 && span.calls > limits.gap;
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

/** Days, and the hours of those with many calls; the nearest first, ever more of them at a time. */
async function* listDaysAndHours(
  snapshot: UserSnapshot,
  filter: CallFilter,
  { sortOrder }: CallPageQuery,
  { perStatement }: SearchLimits,
): AsyncGenerator<Span> {
  let { range } = filter;
  for (let days = FIRST_DAYS; range.fromMs < range.toMs; days *= 4) {
    const [next, remaining] = cutDays(range, days, sortOrder);
    for (const day of await countSpans(snapshot, filter, next, UTC_DAY_MS, sortOrder)) {
      if (day.calls <= perStatement || day.matching === 0) yield day;
      else yield* await countSpans(snapshot, filter, day.range, HOUR_MS, sortOrder);
    }
    range = remaining;
  }
}

/** The first days of a range in an order, and what follows them. */
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
  snapshot: UserSnapshot,
  filter: CallFilter,
  range: TimeRange,
  widthMs: number,
  sortOrder: CallPageQuery['sortOrder'],
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
  return sortOrder === 'asc' ? spans : spans.reverse();
}

/** From position to position in the order by duration, whatever lies there. */
async function walkByDuration(
  { transaction }: UserSnapshot,
  userDid: string,
  filter: CallFilter,
  query: CallPageQuery,
  { perStatement, most }: SearchLimits,
): Promise<Walked> {
  const calls: StoredCall[] = [];
  let { after } = query;
  for (let seen = 0; ; seen += perStatement) {
    if (seen >= most) return { calls, stoppedAt: after };
    const position = { sortOrder: query.sortOrder, after };
    const until = await durationPositionAfter(
      transaction,
      userDid,
      filter.appDid,
      position,
      perStatement,
    );
    const limit = query.limit - calls.length;
    calls.push(
      ...(await readCallPage(transaction, userDid, filter, { ...query, after, until, limit })),
    );
    if (calls.length >= query.limit || until === null) return { calls, stoppedAt: null };
    after = until;
  }
}
