import type { Freshness, LedgerKind, Quota, QuotaDetails, Runway } from '../contract/index.js';
import type { Database } from '../db/database.js';
import { formatCredits, parseCredits } from '../domain/credits.js';
import {
  FORECAST_DAYS,
  forecastRunway,
  unknownRunway,
  unlimitedRunway,
} from '../domain/quota-forecast.js';
import { QUARTER_HOUR_MS, UTC_DAY_MS, floorTo, toInstant, type TimeRange } from '../domain/time.js';
import type { Logger } from '../ports/logger.js';
import type {
  CreditUse,
  QuotaBalance,
  QuotaProvider,
  QuotaRequest,
} from '../ports/quota-provider.js';
import { readSnapshot, type UserSnapshot } from './user-snapshot.js';

/** What the quota service works with. */
export interface QuotaServiceOptions {
  database: Database;
  provider: QuotaProvider | null;
  logger: Logger;
  /** How long the provider may take before the answer is "unavailable", milliseconds. */
  deadlineMs: number;
}

/** What the ledger is asked for. */
export interface LedgerQuery {
  kind: LedgerKind | null;
  fromMs: number | null;
  toMs: number | null;
  page: number;
  pageSize: number;
}

const SPARKLINE_DAYS = 7;

/** The user's balance and how long it lasts. A provider that fails or is late costs the amounts, never the answer. */
export async function getQuota(
  options: QuotaServiceOptions,
  userDid: string,
  nowMs: number,
): Promise<Quota> {
  const { recentDays, dailyUseE8, freshness } = await readSnapshot(
    options.database,
    userDid,
    nowMs,
    (snapshot) => readUse(snapshot, nowMs),
  );
  const balance = await askProvider(options, userDid, nowMs, (provider, request) =>
    provider.getQuota(request),
  );
  const shared = { recentDays, stale: null, freshness };
  if (balance === null) return { ...unavailable, ...shared };
  return { ...balance, ...shared, runway: toRunway(balance, dailyUseE8, nowMs) };
}

const unavailable = {
  status: 'unavailable',
  currency: null,
  total: null,
  used: null,
  remaining: null,
  pending: null,
  overdue: null,
  runway: unknownRunway(),
  autoRecharge: null,
  topUpUrl: null,
  billingUrl: null,
} as const;

/** One page of the ledger. */
export async function getQuotaDetails(
  options: QuotaServiceOptions,
  userDid: string,
  query: LedgerQuery,
  nowMs: number,
): Promise<QuotaDetails> {
  const freshness = await readSnapshot(options.database, userDid, nowMs, (snapshot) =>
    Promise.resolve(snapshot.freshness),
  );
  const page = await askProvider(options, userDid, nowMs, (provider, request) =>
    provider.listLedger({ ...request, ...query }),
  );
  const { page: number, pageSize } = query;
  return page === null
    ? {
        items: [],
        total: 0,
        page: number,
        pageSize,
        currency: null,
        status: 'unavailable',
        freshness,
      }
    : { ...page, page: number, pageSize, status: 'ok', freshness };
}

async function askProvider<T>(
  { database, provider, logger, deadlineMs }: QuotaServiceOptions,
  userDid: string,
  nowMs: number,
  ask: (provider: QuotaProvider, request: QuotaRequest) => Promise<T>,
): Promise<T | null> {
  if (provider === null) return null;
  const signal = AbortSignal.timeout(deadlineMs);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error(`The quota provider did not answer within ${deadlineMs} ms`));
    });
  });
  const use = creditUseOf(database, userDid, nowMs);
  try {
    return await Promise.race([ask(provider, { userDid, nowMs, use, signal }), late]);
  } catch (error) {
    logger.warn('The quota provider failed', { error });
    return null;
  }
}

interface Use {
  recentDays: Quota['recentDays'];
  dailyUseE8: bigint[];
  freshness: Freshness;
}

/** The last 7 UTC days, and each whole 24 hours before now since the first call, newest first. */
async function readUse(snapshot: UserSnapshot, nowMs: number): Promise<Use> {
  const todayMs = floorTo(UTC_DAY_MS, nowMs);
  const recent = Array.from({ length: SPARKLINE_DAYS }, (_, index) => {
    const fromMs = todayMs - (SPARKLINE_DAYS - 1 - index) * UTC_DAY_MS;
    return { fromMs, toMs: fromMs + UTC_DAY_MS };
  });
  const recentFigures = await snapshot.series(recent, null);
  const firstMs = await snapshot.firstCallAtMs(null);
  // Days back from the last full quarter hour, so that the days meet where the series can be cut.
  const endMs = floorTo(QUARTER_HOUR_MS, nowMs);
  const elapsedDays = firstMs === null ? 0 : Math.floor((endMs - firstMs) / UTC_DAY_MS);
  const days = daysBefore(endMs, Math.max(0, Math.min(FORECAST_DAYS, elapsedDays)));
  const dayFigures = days.length === 0 ? [] : await snapshot.series(days, null);
  return {
    recentDays: recentFigures.map((figures, index) => ({
      start: toInstant(recent[index]?.fromMs ?? todayMs),
      credits: formatCredits(figures.creditsE8),
    })),
    dailyUseE8: dayFigures.map((figures) => figures.creditsE8).reverse(),
    freshness: snapshot.freshness,
  };
}

function daysBefore(endMs: number, count: number): TimeRange[] {
  return Array.from({ length: count }, (_, index) => {
    const fromMs = endMs - (count - index) * UTC_DAY_MS;
    return { fromMs, toMs: fromMs + UTC_DAY_MS };
  });
}

function toRunway(balance: QuotaBalance, dailyUseE8: bigint[], nowMs: number): Runway {
  if (balance.status === 'unlimited') return unlimitedRunway();
  const remainingE8 = parseCredits(truncateTo8(balance.remaining));
  if (remainingE8 === null) return unknownRunway();
  return forecastRunway({ remainingE8, dailyUseE8, nowMs });
}

/** A currency may have more decimals than calls cost; for days of runway 8 are plenty. */
function truncateTo8(amount: string): string {
  return amount.replace(/(\.\d{8})\d+$/, '$1');
}

/** What calls cost, each answer on one state of the database. */
function creditUseOf(database: Database, userDid: string, nowMs: number): CreditUse {
  const read = <T>(work: (snapshot: UserSnapshot) => Promise<T>): Promise<T> =>
    readSnapshot(database, userDid, nowMs, work);
  return {
    firstCallAtMs: () => read((snapshot) => snapshot.firstCallAtMs(null)),
    creditsE8Of: (ranges) => read((snapshot) => readCredits(snapshot, ranges)),
  };
}

/** Ranges on quarter hours together, the others one by one. */
async function readCredits(
  snapshot: UserSnapshot,
  ranges: readonly TimeRange[],
): Promise<bigint[]> {
  const credits: bigint[] = [];
  let aligned: TimeRange[] = [];
  const flush = async (): Promise<void> => {
    if (aligned.length === 0) return;
    const figures = await snapshot.series(aligned, null);
    credits.push(...figures.map(({ creditsE8 }) => creditsE8));
    aligned = [];
  };
  for (const range of ranges) {
    const adjoins = aligned.length === 0 || aligned.at(-1)?.toMs === range.fromMs;
    if (range.fromMs % QUARTER_HOUR_MS === 0 && range.toMs % QUARTER_HOUR_MS === 0 && adjoins) {
      aligned.push(range);
      continue;
    }
    await flush();
    credits.push((await snapshot.total(range, null)).creditsE8);
  }
  await flush();
  return credits;
}
