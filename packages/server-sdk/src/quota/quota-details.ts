import type { LedgerEntry, LedgerKind, QuotaDetails, Stale } from '../contract/quota.js';
import type { Database } from '../db/database.js';
import { readScopedFigures } from '../queries/scoped-figures.js';
import { withTotals } from '../queries/user-snapshot.js';
import { runDetached } from '../runtime/request-signal.js';
import { SECOND_MS, toInstant, type TimeRange } from '../values/time.js';
import { groupByDay, type GroupedItem } from './ledger-days.js';
import type { ProviderResult, ProviderResults } from './provider-results.js';
import type { LedgerPage } from './quota-provider.js';
import { createCreditUse } from './quota-use.js';

/** Filter and page of the ledger. */
export interface LedgerQuery {
  kind: LedgerKind | null;
  fromMs: number | null;
  toMs: number | null;
  page: number;
  pageSize: number;
}

/** Filter and page of the ledger by day. */
export interface LedgerDaysQuery extends LedgerQuery {
  /** IANA zone of the days. */
  timeZone: string;
  /** Whether the calls of each day may be seen. */
  hasCalls: boolean;
}

/** What the ledger is read from. */
export interface LedgerSources {
  database: Database;
  /** `null`: the host has no provider. */
  results: ProviderResults | null;
}

/** Rows that are grouped at most: older ones stay separate items. */
const MAX_GROUPED_ROWS = 1000;
/** What every provider can give in one page: the largest that the endpoint takes. */
const USUAL_ROWS = 100;

type Result = ProviderResult<LedgerPage>;

/** Reads a page of the ledger. Does not throw where the provider fails. @throws StatementError when the database fails */
export async function getQuotaDetails(
  { database, results }: LedgerSources,
  userDid: string,
  query: LedgerQuery,
  nowMs: number,
): Promise<QuotaDetails> {
  const [{ freshness }, result] = await Promise.all([
    readScopedFigures(database, userDid, { projects: null, ranges: [], nowMs }),
    createReader({ database, results }, userDid, nowMs)(query),
  ]);
  return result === null
    ? { ...toUnavailable(results, query), freshness }
    : { ...toDetails(result, query, nowMs), freshness };
}

/**
 * Reads a page of the ledger with the consumption of each local day as one item, and the calls of the days of this page with
 * one read. Rows beyond those that are grouped are separate items, so that a request reads a bounded part of a ledger.
 *
 * @param sources.maxRows rows that one page of the provider can have; `null`: not said
 * @throws StatementError when the database fails
 */
export async function getQuotaDays(
  { maxRows, ...sources }: LedgerSources & { maxRows: number | null },
  userDid: string,
  query: LedgerDaysQuery,
  nowMs: number,
): Promise<QuotaDetails> {
  const { kind, page, pageSize, timeZone, fromMs, toMs } = query;
  if (kind !== null && kind !== 'consumption') {
    return getQuotaDetails(sources, userDid, query, nowMs);
  }
  const read = createReader(sources, userDid, nowMs);
  const window = Math.min(maxRows ?? USUAL_ROWS, MAX_GROUPED_ROWS);
  const newest = await read({ ...query, page: 1, pageSize: window });
  const { items: rows = [], total = 0 } = newest?.value ?? {};
  const isWhole = rows.length >= total;
  const grouped = groupByDay(rows, { timeZone, fromMs, toMs, isWhole });
  const first = (page - 1) * pageSize;
  const days = grouped.items.slice(first, first + pageSize);
  // The row that the first item after the groups is.
  const start = grouped.rows + Math.max(0, first - grouped.items.length);
  const end = Math.min(total, start + pageSize - days.length);
  const others = await readRows(read, query, rows, { start, end });
  const ranges = query.hasCalls ? listRanges(days) : [];
  const figures = await readScopedFigures(sources.database, userDid, {
    projects: null,
    ranges: withTotals(ranges),
    nowMs,
  });
  const { freshness, firstCallAtMs } = figures;
  if (newest === null || others === null) {
    return { ...toUnavailable(sources.results, query), freshness };
  }
  const calls = new Map(
    ranges.map(({ fromMs, toMs }, index) => {
      const isKnown = firstCallAtMs !== null && toMs > firstCallAtMs;
      return [fromMs, isKnown ? (figures.figures[index]?.total.calls ?? null) : null];
    }),
  );
  const items = [...days.map((item) => withCalls(item, calls)), ...others];
  return {
    ...toDetails({ ...newest, value: { ...newest.value, items } }, query, nowMs),
    total: grouped.items.length + Math.max(0, total - grouped.rows),
    freshness,
  };
}

type Reader = (query: LedgerQuery) => Promise<Result | null>;

/** Detached: a page of the provider is cached for later requests even if this client disconnects; it has its own deadline. */
function createReader(
  { database, results }: LedgerSources,
  userDid: string,
  nowMs: number,
): Reader {
  const use = createCreditUse(database, userDid, nowMs);
  return async ({ kind, fromMs, toMs, page, pageSize }) =>
    results &&
    runDetached(() => results.ledger({ userDid, nowMs, use, kind, fromMs, toMs, page, pageSize }));
}

/** Reads rows by their place in the ledger, those that were not read before with at most two pages; `null`: not all came. */
async function readRows(
  read: Reader,
  query: LedgerQuery,
  known: readonly LedgerEntry[],
  { start, end }: { start: number; end: number },
): Promise<LedgerEntry[] | null> {
  if (end <= start) return [];
  if (end <= known.length) return known.slice(start, end);
  const { pageSize } = query;
  const firstPage = Math.floor(start / pageSize) + 1;
  const lastPage = Math.floor((end - 1) / pageSize) + 1;
  const pages = await Promise.all(
    (firstPage === lastPage ? [firstPage] : [firstPage, lastPage]).map((page) =>
      read({ ...query, page }),
    ),
  );
  if (pages.includes(null)) return null;
  const offset = start - (firstPage - 1) * pageSize;
  const rows = pages.flatMap((page) => page?.value.items ?? []);
  return rows.slice(offset, offset + end - start);
}

/** The days of items, which come newest first, oldest first. */
function listRanges(items: readonly GroupedItem[]): TimeRange[] {
  return items.flatMap(({ range }) => range ?? []).reverse();
}

function withCalls(
  { entry, range }: GroupedItem,
  calls: ReadonlyMap<number, number | null>,
): LedgerEntry {
  if (range === null || entry.day === undefined) return entry;
  return { ...entry, day: { ...entry.day, calls: calls.get(range.fromMs) ?? null } };
}

function toUnavailable(
  results: ProviderResults | null,
  { page, pageSize }: LedgerQuery,
): Omit<QuotaDetails, 'freshness'> {
  return {
    items: [],
    total: 0,
    page,
    pageSize,
    currency: null,
    status: 'unavailable',
    reason: results === null ? 'noProvider' : 'noAnswer',
    sum: null,
    grants: null,
    stale: null,
  };
}

function toDetails(
  { value, staleSinceMs }: Result,
  { page, pageSize }: LedgerQuery,
  nowMs: number,
): Omit<QuotaDetails, 'freshness'> {
  const { items, total, currency, sum = null, grants = null } = value;
  return {
    items,
    total,
    page,
    pageSize,
    currency,
    status: 'ok',
    reason: null,
    sum,
    grants,
    stale: toStale(staleSinceMs, nowMs),
  };
}

/** Rounds the age up, and never below 0: the clock of another machine may be ahead. */
export function toStale(sinceMs: number | null, nowMs: number): Stale | null {
  if (sinceMs === null) return null;
  const ageSeconds = Math.max(0, Math.ceil((nowMs - sinceMs) / SECOND_MS));
  return { since: toInstant(sinceMs), ageSeconds };
}
