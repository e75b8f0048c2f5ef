import { Router, type Request, type RequestHandler } from 'express';
import type { Projects, Quota, Totals, Trends } from '@usage-kit/server-sdk';
import { userOf, type Ask } from './adapter.js';
import type { UsesNewPages } from './gradual-start.js';

/** How the Hub's old addresses are answered. */
export interface CompatOptions {
  ask: Ask;
  session: RequestHandler;
  usesNewPages: UsesNewPages;
  /** What becomes of the administrators' figures of all users: refused, or left to the Hub's own routes behind. @default 'refuse' */
  allUsers?: 'refuse' | 'leave';
}

const ALL_USERS =
  'Figures of all users (allUsers=true, and an administrator’s /trends) are not answered here: Usage Kit answers for the user who is signed in.';
const DAY_S = 86_400;
const MAX_DAYS = 400;

type Answer = (ask: (path: string, query?: Record<string, string>) => Promise<unknown>) => unknown;

/** Each of the three old addresses. */
const ROUTES: Record<string, (query: Request['query']) => Answer> = {
  '/quota': () => async (ask) => toOldQuota((await ask('/quota')) as Quota),
  '/projects': (query) => async (ask) => {
    const page = { page: readInteger(query['page']) ?? 1, pageSize: readPageSize(query) };
    const { items, total } = (await ask('/projects', {
      ...toRange(query),
      sortBy: query['sortBy'] === 'totalCredits' ? 'credits' : 'calls',
      sortOrder: query['sortOrder'] === 'asc' ? 'asc' : 'desc',
      page: String(page.page),
      pageSize: String(page.pageSize),
    })) as Projects;
    return { projects: items.map(toOldProject), total, ...page };
  },
  '/trends': (query) => async (ask) => {
    const range = toRange(query);
    const isDay = Date.parse(range.to) - Date.parse(range.from) <= DAY_S * 1000;
    const granularity = isDay ? 'hour' : 'day';
    const timeZone = toTimeZone(readInteger(query['timezoneOffset']) ?? 0);
    const { points } = (await ask('/trends', { ...range, granularity, timeZone })) as Trends;
    return { trends: points.map(toOldPoint) };
  },
};

/**
 * Makes routes that answer the Hub's old parameters in its old shapes, to be mounted at `/api/usage` in front of the Hub's. Users
 * without the new pages are left to those behind.
 */
export function hubCompatRoutes(options: CompatOptions): Router {
  const { ask, session, usesNewPages, allUsers = 'refuse' } = options;
  const router = Router();
  for (const [path, toAnswer] of Object.entries(ROUTES)) {
    router.get(path, session, async (request, response, next) => {
      const user = userOf(request);
      if (user === null) return void response.status(401).json({ error: 'Unauthorized' });
      const isOfAll = isOfAllUsers(path, request);
      if (!usesNewPages(user.did) || (isOfAll && allUsers === 'leave')) return void next();
      if (isOfAll) return void response.status(501).json({ error: ALL_USERS });
      try {
        const answer = toAnswer(request.query);
        response.json(await answer((asked, query) => read(ask(user.did, asked, query))));
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        response.status(error.status).json({ error: error.message, message: error.message });
      }
    });
  }
  return router;
}

/** A response of Usage Kit that is passed on as the Hub's own errors are. */
class RefusedError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

async function read(response: Promise<Response>): Promise<unknown> {
  const { ok, status, ...rest } = await response.then(async (answer) => ({
    ok: answer.ok,
    status: answer.status,
    body: (await answer.json()) as { detail?: string; title?: string },
  }));
  if (!ok) throw new RefusedError(status, rest.body.detail ?? rest.body.title ?? 'Refused');
  return rest.body;
}

/** The Hub reads `allUsers` and `allUser`; its `/trends` is of all users by itself, and for administrators only. */
function isOfAllUsers(path: string, request: Request): boolean {
  const flag = request.query['allUsers'] ?? request.query['allUser'];
  const isAdministrator = ['owner', 'admin'].includes(userOf(request)?.role ?? '');
  return flag === 'true' || flag === '1' || (path === '/trends' && isAdministrator);
}

/** `startTime` and `endTime` in Unix seconds, both included, or the last `timeRange` days, as the Hub reads them. */
function toRange(query: Request['query']): { from: string; to: string } {
  const nowS = Math.floor(Date.now() / 1000);
  const endS = Math.min(readInteger(query['endTime']) ?? nowS, nowS);
  const days = Math.min(readInteger(query['timeRange']) ?? 30, MAX_DAYS);
  const startS = Math.min(readInteger(query['startTime']) ?? endS - days * DAY_S, endS);
  return { from: toInstant(startS), to: toInstant(endS + 1) };
}

/** @throws RefusedError for seconds that are no date */
function toInstant(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime()))
    throw new RefusedError(400, 'startTime and endTime are Unix seconds');
  return date.toISOString();
}

/** A positive integer at the start of a text, as the Hub's `parseInt` reads it; for offsets a negative one, too. */
function readInteger(value: unknown): number | null {
  const number = typeof value === 'string' ? Number.parseInt(value, 10) : Number.NaN;
  return Number.isSafeInteger(number) && number !== 0 ? number : null;
}

function readPageSize(query: Request['query']): number {
  return Math.min(readInteger(query['pageSize']) ?? 20, 100);
}

/** Zones that are not whole hours from UTC, by minutes west of it: `Etc` has no names for them. */
const PART_HOUR_ZONES: Readonly<Record<number, string>> = {
  570: 'Pacific/Marquesas',
  210: 'America/St_Johns',
  150: 'America/St_Johns',
  [-210]: 'Asia/Tehran',
  [-270]: 'Asia/Kabul',
  [-330]: 'Asia/Kolkata',
  [-345]: 'Asia/Kathmandu',
  [-390]: 'Asia/Yangon',
  [-525]: 'Australia/Eucla',
  [-570]: 'Australia/Darwin',
  [-630]: 'Australia/Adelaide',
  [-765]: 'Pacific/Chatham',
  [-825]: 'Pacific/Chatham',
};

/**
 * A zone by its minutes west of UTC, as `getTimezoneOffset` has it.
 *
 * @throws RefusedError for an offset that no zone has
 */
function toTimeZone(minutesWest: number): string {
  const hours = minutesWest / 60;
  if (hours === 0) return 'UTC';
  // The signs of these names are the other way round: Etc/GMT-8 is east of UTC.
  const name = Number.isInteger(hours)
    ? `Etc/GMT${hours > 0 ? '+' : ''}${hours}`
    : PART_HOUR_ZONES[minutesWest];
  if (name === undefined) throw new RefusedError(400, 'timezoneOffset is no zone’s');
  return name;
}

/** @throws RefusedError where the balance is unknown: zeros would say that nothing is left */
function toOldQuota(quota: Quota): object {
  const { total, used, remaining, overdue, runway, currency, status } = quota;
  if (status === 'unavailable') throw new RefusedError(503, 'The balance is not known at present');
  const left = Math.max(0, Number(remaining ?? 0));
  // The old pages show 999 as "no limit".
  const days = runway.days === null ? 999 : Math.max(1, Math.floor(runway.days));
  return {
    total: Number(total ?? 0),
    remaining: left,
    used: Number(used ?? 0),
    pendingCredit: Number(overdue ?? 0),
    estimatedDaysRemaining: status === 'unlimited' ? 999 : left > 0 ? days : 0,
    dailyAvgCredits: Number(runway.dailyAverage ?? 0),
    currency,
  };
}

function toOldProject(item: Projects['items'][number]): object {
  const { totalCalls, totalCredits, avgDuration, successRate } = toOldTotals(item.totals);
  return {
    appDid: item.appDid,
    appName: item.name ?? item.appDid,
    ...(item.logoUrl && { appLogo: item.logoUrl }),
    ...(item.url && { appUrl: item.url }),
    totalCalls,
    totalCredits,
    avgDuration,
    successRate,
    lastCallTime: Math.floor(Date.parse(item.lastCallAt) / 1000),
  };
}

function toOldPoint({ start, totals }: Trends['points'][number]): object {
  const { totalCalls: calls, ...figures } = toOldTotals(totals);
  return { timestamp: Math.floor(Date.parse(start) / 1000), calls, ...figures };
}

/** Old units: percent, seconds, binary numbers. Unknown was 0 there. */
function toOldTotals(totals: Totals): Record<string, number> & { totalCalls: number } {
  const { calls, successfulCalls, averageDurationMs, averageTtfbMs } = totals;
  return {
    totalCalls: calls,
    successCalls: successfulCalls,
    successRate: calls > 0 ? (successfulCalls / calls) * 100 : 0,
    avgDuration: (averageDurationMs ?? 0) / 1000,
    avgTtfb: Math.round((averageTtfbMs ?? 0) / 100) / 10,
    totalCredits: Number(totals.credits ?? 0),
    // Tokens; the Hub's own sum has images and seconds added to them.
    totalUsage: totals.totalTokens ?? 0,
  };
}
