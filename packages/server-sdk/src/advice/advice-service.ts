import type { Advice, AdviceItem, UnavailableAdvice } from '../contract/advice.js';
import type { Database } from '../db/database.js';
import type { ResolvedPricing } from '../pricing/resolve-pricing.js';
import { toRange, type QueryRange } from '../queries/query-range.js';
import { readScopedFiguresIn } from '../queries/scoped-figures.js';
import { readSnapshot, type UserSnapshot } from '../queries/user-snapshot.js';
import type { DescribeProjects } from '../queries/project-info.js';
import type { QuotaService } from '../quota/quota-service.js';
import { createNamelessProject } from '../values/nameless-project.js';
import { toInstant, type TimeRange } from '../values/time.js';
import type { AdviceDraft } from './advice-draft.js';
import type { ResolvedAdvice } from './advice-options.js';
import { findCacheSavings } from './cache-savings.js';
import { findExpiringGrants, findGrantObstacle } from './expiring-grants.js';
import { findFailedCalls } from './failed-calls.js';
import { findIdleProjects, sliceForIdleness } from './idle-projects.js';
import { createTokenRates } from './list-prices.js';
import type { ModelPeriod } from './model-figures.js';
import { findPriceDifferences } from './price-difference.js';
import { arrangeAdvice } from './arrange-advice.js';
import { readRecentCalls, type RecentCalls } from './recent-calls-store.js';
import { findRetries } from './retries.js';

/** Dependencies of {@link getAdvice}. */
export interface AdviceDependencies {
  database: Database;
  quota: QuotaService;
  /** `null`: no prices are known. */
  pricing: ResolvedPricing | null;
  advice: ResolvedAdvice;
  /** Gives projects their names. */
  describe: DescribeProjects;
}

/** Range and projects of advice. */
export interface AdviceQuery {
  range: QueryRange;
  /** Projects that may be seen; `null`: all. */
  projects: readonly string[] | null;
  nowMs: number;
}

/** Calls that are looked at one by one, for failures and repeats: what a response costs does not grow with the range. */
export const MAX_CALLS_READ = 10_000;
/** Grants that are looked at: a page of the ledger. */
const MAX_GRANTS = 100;

/**
 * Reads what can be advised about the user's calls of a range, and grants. All figures of calls are of one state of the
 * database. A quota provider that does not respond leaves out the grants and nothing else.
 *
 * @throws StatementError when the database fails
 */
export async function getAdvice(
  deps: AdviceDependencies,
  userDid: string,
  query: AdviceQuery,
): Promise<Advice> {
  const [found, grants] = await Promise.all([
    readFindings(deps, userDid, query),
    readGrants(deps, userDid, query),
  ]);
  const { items, omitted } = arrangeAdvice(userDid, [...found.drafts, ...grants.drafts]);
  const names = listProjectNames(items);
  const described = await deps.describe(names);
  return {
    items,
    omitted,
    projects: names.map((appDid) => described.get(appDid) ?? createNamelessProject(appDid)),
    unavailable: [...listMissingOptions(deps), ...grants.unavailable],
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

/** The projects of claims, of lines and of evidence. */
function listProjectNames(items: readonly AdviceItem[]): string[] {
  const names = items.flatMap(({ claim, evidence }) => [
    ...('appDid' in claim ? [claim.appDid] : []),
    ...evidence.map(({ appDid }) => appDid),
  ]);
  return [...new Set(names)];
}

/** Drafts of the calls of a range, and what they are from. */
interface Findings {
  drafts: AdviceDraft[];
  recent: RecentCalls;
  calls: number;
  freshness: Advice['freshness'];
}

function readFindings(
  { database, pricing, advice }: AdviceDependencies,
  userDid: string,
  { range, projects, nowMs }: AdviceQuery,
): Promise<Findings> {
  return readSnapshot(database, userDid, nowMs, async (snapshot) => {
    const ranges = [{ ...range, parts: { total: true, models: true } }];
    const [figures] = await readScopedFiguresIn(snapshot, projects, ranges);
    if (!figures) throw new TypeError('A range must have figures');
    const recent = await readRecentCalls(snapshot.transaction, userDid, {
      fromMs: Math.max(range.fromMs, snapshot.archivedBeforeMs),
      toMs: range.toMs,
      projects,
      limit: MAX_CALLS_READ,
    });
    const { currency, freshness } = snapshot;
    const [from, to] = [toInstant(range.fromMs), toInstant(range.toMs)];
    const callPeriod = { calls: recent.calls, from: toInstant(recent.fromMs), to, currency };
    const modelPeriod: ModelPeriod = {
      models: figures.models,
      recent: recent.calls,
      findRates: createTokenRates(pricing?.prices ?? [], currency, Math.min(range.toMs, nowMs)),
      ...{ from, to, currency },
    };
    return {
      drafts: [
        ...findFailedCalls(callPeriod),
        ...findRetries(callPeriod),
        ...findCacheSavings(modelPeriod),
        ...findPriceDifferences(modelPeriod, advice.alternatives),
        ...(await readIdleProjects(snapshot, projects, cutAtNow(range, nowMs))),
      ],
      recent,
      calls: figures.total.calls,
      freshness,
    };
  });
}

/** A range that ends in the future says nothing of who will be idle then. */
function cutAtNow({ fromMs, toMs }: TimeRange, nowMs: number): TimeRange {
  return { fromMs, toMs: Math.min(toMs, nowMs + 1) };
}

async function readIdleProjects(
  snapshot: UserSnapshot,
  projects: readonly string[] | null,
  range: TimeRange,
): Promise<AdviceDraft[]> {
  const slices = sliceForIdleness(range);
  if (slices.length === 0) return [];
  const ranges = slices.map((slice) => ({ ...slice, parts: { projects: true } }));
  const figures = await readScopedFiguresIn(snapshot, projects, ranges);
  return findIdleProjects(
    slices,
    figures.map((of) => of.projects),
  );
}

/** Drafts of grants, and why there are none where they could not be looked at. */
interface GrantFindings {
  drafts: AdviceDraft[];
  unavailable: UnavailableAdvice[];
}

async function readGrants(
  { quota }: AdviceDependencies,
  userDid: string,
  { projects, nowMs }: AdviceQuery,
): Promise<GrantFindings> {
  // The balance is the account's: a token of some projects does not see it here.
  if (projects !== null) return withoutGrants('projects');
  const page = { kind: 'grant', fromMs: null, toMs: null, page: 1, pageSize: MAX_GRANTS } as const;
  const [balance, grants] = await Promise.all([
    quota.getQuota(userDid, nowMs),
    quota.getQuotaDetails(userDid, page, nowMs),
  ]);
  const facts = { quota: balance, grants, nowMs };
  const obstacle = findGrantObstacle(facts);
  return obstacle === null
    ? { drafts: findExpiringGrants(facts), unavailable: [] }
    : withoutGrants(obstacle);
}

function withoutGrants(reason: UnavailableAdvice['reason']): GrantFindings {
  return { drafts: [], unavailable: [{ kind: 'expiringGrants', reason }] };
}

/** Kinds that need an option which the host did not set. */
function listMissingOptions({ pricing, advice }: AdviceDependencies): UnavailableAdvice[] {
  if (pricing === null) {
    return [
      { kind: 'cacheSavings', reason: 'noPrices' },
      { kind: 'priceDifference', reason: 'noPrices' },
    ];
  }
  return advice.alternatives.length === 0
    ? [{ kind: 'priceDifference', reason: 'noAlternatives' }]
    : [];
}
