import type { Advice, UnavailableAdvice } from '../contract/advice.js';
import type { Database } from '../db/database.js';
import type { ResolvedPricing } from '../pricing/resolve-pricing.js';
import type { DescribeProjects } from '../queries/project-info.js';
import type { QueryRange } from '../queries/query-range.js';
import { readScopedFiguresIn } from '../queries/scoped-figures.js';
import { readSnapshot, type UserSnapshot } from '../queries/user-snapshot.js';
import type { QuotaService } from '../quota/quota-service.js';
import { toInstant, type TimeRange } from '../values/time.js';
import { MIN_CALLS, type AdviceDraft } from './advice-draft.js';
import type { ResolvedAdvice } from './advice-options.js';
import { findCacheSavings } from './cache-savings.js';
import { findExpiringGrants, findGrantObstacle } from './expiring-grants.js';
import { findFailedCalls } from './failed-calls.js';
import { findIdleProjects, sliceForIdleness } from './idle-projects.js';
import { createTokenRates } from './list-prices.js';
import { selectMaterial, sumCallCosts, sumFigureCosts } from './material-drafts.js';
import type { ModelPeriod } from './model-figures.js';
import { findPriceDifferences } from './price-difference.js';
import { MAX_CALLS_READ, readRecentCalls, type RecentCalls } from './recent-calls-store.js';
import { findRetries } from './retries.js';

/** What advice is found with. */
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

/** Grants that are looked at: a page of the ledger. */
const MAX_GRANTS = 100;

/** What was found, before it is known what the user did with it. */
export interface FoundAdvice<More> {
  drafts: AdviceDraft[];
  unavailable: UnavailableAdvice[];
  recent: RecentCalls;
  /** Calls of the range. */
  calls: number;
  freshness: Advice['freshness'];
  /** What {@link findAdvice} was asked to read, too. */
  more: More;
}

/**
 * Finds what can be advised about the user's calls of a range, and grants. All figures of calls are of one state of the
 * database. A quota provider that does not respond leaves out the grants and nothing else.
 *
 * @param readMore reads more of the same state of the database
 * @throws what `readMore` throws, and StatementError when the database fails
 */
export async function findAdvice<More>(
  deps: AdviceDependencies,
  userDid: string,
  query: AdviceQuery,
  readMore: (snapshot: UserSnapshot) => Promise<More>,
): Promise<FoundAdvice<More>> {
  const [found, grants] = await Promise.all([
    readSnapshot(deps.database, userDid, query.nowMs, async (snapshot) => ({
      ...(await readFindings(snapshot, deps, userDid, query)),
      more: await readMore(snapshot),
    })),
    readGrants(deps, userDid, query),
  ]);
  return {
    ...found,
    drafts: [...found.drafts, ...grants.drafts],
    unavailable: [...listMissingOptions(deps), ...grants.unavailable],
  };
}

async function readFindings(
  snapshot: UserSnapshot,
  { pricing, advice }: AdviceDependencies,
  userDid: string,
  { range, projects, nowMs }: AdviceQuery,
): Promise<Omit<FoundAdvice<null>, 'more' | 'unavailable'>> {
  const ranges = [{ ...range, parts: { total: true, models: true } }];
  const [figures] = await readScopedFiguresIn(snapshot, projects, ranges);
  if (!figures) throw new TypeError('A range must have figures');
  const recent = await readRecentCalls(snapshot.transaction, userDid, {
    fromMs: Math.max(range.fromMs, snapshot.progress.archivedBeforeMs),
    toMs: range.toMs,
    projects,
    limit: MAX_CALLS_READ,
  });
  const { currency, freshness } = snapshot;
  const [from, to] = [toInstant(range.fromMs), toInstant(range.toMs)];
  const callPeriod = {
    calls: recent.calls,
    from: toInstant(recent.fromMs),
    to,
    currency,
    minCalls: MIN_CALLS,
  };
  const modelPeriod: ModelPeriod = {
    models: figures.models,
    recent: recent.calls,
    findRates: createTokenRates(pricing?.prices ?? [], currency, Math.min(range.toMs, nowMs)),
    ...{ from, to, currency, minCalls: MIN_CALLS },
  };
  return {
    drafts: [
      ...selectMaterial(
        [...findFailedCalls(callPeriod), ...findRetries(callPeriod)],
        sumCallCosts(recent.calls),
      ),
      ...selectMaterial(
        [
          ...findCacheSavings(modelPeriod),
          ...findPriceDifferences(modelPeriod, advice.alternatives),
        ],
        sumFigureCosts(figures.total),
      ),
      ...(await readIdleProjects(snapshot, projects, cutAtNow(range, nowMs))),
    ],
    recent,
    calls: figures.total.calls,
    freshness,
  };
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
