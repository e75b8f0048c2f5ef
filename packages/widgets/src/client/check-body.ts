import type {
  AutoRecharge,
  CallItem,
  Currency,
  Freshness,
  Overview,
  PreviousTrend,
  Project,
  ProjectCalls,
  ProjectStats,
  ProjectTrends,
  Quota,
  Range,
  RouteName,
  Runway,
  Stale,
  Totals,
  TrendGroup,
  TrendPoint,
  TrendPointGroup,
  Trends,
  TypeTotals,
} from '@usage-kit/server-sdk/contract';
import {
  orNull,
  optional,
  shape,
  list,
  text,
  flag,
  count,
  ratio,
  decimal,
  instant,
  currencyCode,
  anything,
  type Check,
  type Fields,
} from './checks.js';

const totalsFields: Fields<Totals> = {
  calls: count,
  successfulCalls: count,
  failedCalls: count,
  processingCalls: count,
  successRate: orNull(ratio),
  inputTokens: orNull(count),
  outputTokens: orNull(count),
  totalTokens: orNull(count),
  credits: orNull(decimal),
  averageDurationMs: orNull(count),
  p95DurationMs: orNull(count),
  durationSamples: count,
  // An older server does not have these.
  unknownTokenCalls: optional(count),
  unknownCreditCalls: optional(count),
  cachedInputTokens: optional(orNull(count)),
  cacheWriteTokens: optional(orNull(count)),
  reasoningTokens: optional(orNull(count)),
  cacheShare: optional(orNull(ratio)),
  cacheSamples: optional(count),
  cost: optional(orNull(decimal)),
  currency: optional(currencyCode),
  averageTtfbMs: optional(orNull(count)),
  p95TtfbMs: optional(orNull(count)),
  ttfbSamples: optional(count),
  outputTokensPerSecond: optional(orNull(count)),
  unpricedCalls: optional(count),
};
/** Checks the figures of a set of calls. */
export const totals = shape(totalsFields);

/** Checks how new a body is. */
export const freshness = shape<Freshness>({
  asOf: instant,
  rolledUpThrough: orNull(instant),
  archivedBefore: optional(orNull(instant)),
});
const range = shape<Range>({ from: instant, to: instant, timeZone: text });
/** Checks of the range and the freshness that a body says. */
export const dated = {
  range,
  freshness,
};
/** Checks of what a page of a list says. */
export const paged = { total: count, page: count, pageSize: count };

/** Checks of a project's name and links. */
export const projectFields: Fields<Project> = {
  appDid: text,
  name: orNull(text),
  logoUrl: orNull(text),
  url: orNull(text),
};
/** Checks a project with its name and links. */
export const project = shape(projectFields);

const points = list(
  shape<TrendPoint>({
    ...{ start: instant, end: instant, totals },
    groups: optional(list(shape<TrendPointGroup>({ key: text, totals }))),
  }),
);
const trendFields: Fields<Trends> = {
  granularity: text,
  points,
  groups: optional(
    list(shape<TrendGroup>({ key: text, name: orNull(text), isOther: flag, totals })),
  ),
  previous: optional(orNull(shape<PreviousTrend>({ points, range }))),
  ...dated,
};

/** Checks the unit of credits. */
export const currency = shape<Currency>({ symbol: text, name: text, decimal: count });
/** Checks how old a snapshot is. */
export const stale = shape<Stale>({ since: instant, ageSeconds: count });
/** Checks of whether a provider responded. */
export const status = { status: text, reason: orNull(text) };

const runway = shape<Runway>({
  status: text,
  days: orNull(count),
  earliestDays: orNull(count),
  latestDays: orNull(count),
  depletesOn: orNull(instant),
  dailyAverage: orNull(decimal),
  basedOnDays: count,
});

/** Checks of the provider of a model or a call. */
export const providerFields = {
  provider: orNull(text),
  // An older server does not have these.
  providerName: optional(orNull(text)),
  providerLogoUrl: optional(orNull(text)),
};

const call = shape<CallItem>({
  id: text,
  traceId: orNull(text),
  startedAt: instant,
  status: text,
  ...providerFields,
  model: text,
  type: text,
  usage: shape<CallItem['usage']>({
    inputTokens: orNull(count),
    outputTokens: orNull(count),
    totalTokens: orNull(count),
    units: orNull(count),
    cachedInputTokens: optional(orNull(count)),
    cacheWriteTokens: optional(orNull(count)),
    reasoningTokens: optional(orNull(count)),
  }),
  durationMs: orNull(count),
  ttfbMs: orNull(count),
  credits: orNull(decimal),
  cost: optional(orNull(decimal)),
  currency: optional(orNull(currencyCode)),
  costSource: optional(text),
  priceTable: optional(orNull(text)),
  errorReason: orNull(text),
  metadata: anything,
});

/** Routes of alerts and budgets, whose checks are loaded with what else they need. */
type RuleRoute = 'alerts' | 'budgets';
/** Routes that not every page asks, and whose checks are elsewhere. */
export type RareRoute =
  | 'quotaDetails'
  | 'projects'
  | 'advice'
  | 'activity'
  | 'models'
  | 'projectModels'
  | 'projectLatency'
  | 'projectFailures';
/** Routes whose checks are here. */
export type CheckedRoute = Exclude<RouteName, RuleRoute | RareRoute>;

/** A check for each body. Fields beyond the contract are fine, and so are words that a newer server may know. */
const CHECKS: Readonly<Record<CheckedRoute, Check>> = {
  quota: shape<Quota>({
    ...status,
    currency: orNull(currency),
    total: orNull(decimal),
    used: orNull(decimal),
    remaining: orNull(decimal),
    pending: orNull(decimal),
    overdue: orNull(decimal),
    runway,
    recentDays: list(shape<Quota['recentDays'][number]>({ start: instant, credits: decimal })),
    autoRecharge: orNull(
      shape<AutoRecharge>({
        enabled: flag,
        threshold: orNull(decimal),
        creditsPerPurchase: orNull(decimal),
      }),
    ),
    topUpUrl: orNull(text),
    billingUrl: orNull(text),
    stale: orNull(stale),
    freshness,
  }),
  overview: shape<Overview>({
    totals,
    previous: orNull(totals),
    activeProjects: count,
    activeModels: count,
    byType: list(shape<TypeTotals>({ ...totalsFields, type: text })),
    ...dated,
  }),
  trends: shape(trendFields),
  projectStats: shape<ProjectStats>({ project, totals, previous: orNull(totals), ...dated }),
  projectTrends: shape<ProjectTrends>({ project, ...trendFields }),
  // Counts are checked by what shows them.
  projectCalls: shape<Omit<ProjectCalls, 'counts'>>({
    project,
    items: list(call),
    nextCursor: orNull(text),
    total: orNull(count),
    ...dated,
  }),
};

/**
 * Finds where the body of a route differs from the contract.
 *
 * Written by hand and not with a schema library: it only checks what elements show, in a tenth of the bytes.
 *
 * @returns the path of the first wrong field, e.g. `.items[3].totals.calls`, empty for the body itself; `null` when the
 *   body is right
 */
export function findWrongField(route: CheckedRoute, body: unknown): string | null {
  return CHECKS[route](body);
}
