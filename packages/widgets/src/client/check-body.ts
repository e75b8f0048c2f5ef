import type {
  AutoRecharge,
  CallItem,
  Currency,
  Freshness,
  LedgerEntry,
  LedgerSum,
  ModelItem,
  Overview,
  Project,
  ProjectCalls,
  ProjectItem,
  ProjectModels,
  Projects,
  ProjectStats,
  ProjectTrends,
  Quota,
  QuotaDetails,
  Range,
  RouteName,
  Runway,
  Stale,
  Totals,
  TrendPoint,
  Trends,
  TypeTotals,
} from '@usage-kit/server-sdk/contract';

/** Path of the first value that is wrong, empty for the value itself; `null` when all of it is right. */
type Check = (value: unknown) => string | null;
/** One check for every field of the contract: a field that is missing here does not compile. */
type Fields<T> = { readonly [Name in keyof T]-?: Check };

const is =
  (isRight: (value: unknown) => boolean): Check =>
  (value) =>
    isRight(value) ? null : '';

const either =
  (missing: null | undefined, check: Check): Check =>
  (value) =>
    value === missing ? null : check(value);
const orNull = (check: Check): Check => either(null, check);
const optional = (check: Check): Check => either(undefined, check);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shape =
  <T>(fields: Fields<T>): Check =>
  (value) => {
    if (!isRecord(value)) return '';
    for (const name in fields) {
      const wrong = fields[name](value[name]);
      if (wrong !== null) return `.${name}${wrong}`;
    }
    return null;
  };

const list =
  (check: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return '';
    for (const [index, item] of value.entries()) {
      const wrong = check(item);
      if (wrong !== null) return `[${index}]${wrong}`;
    }
    return null;
  };

const within = (min: number, max: number): Check =>
  is((value) => typeof value === 'number' && value >= min && value <= max);

// What `Intl` and `Date` take without throwing, and what a person can read: a value in a wrong unit or an overflow is an error, not a figure.
const text = is((value) => typeof value === 'string');
const flag = is((value) => typeof value === 'boolean');
const count = within(0, Number.MAX_SAFE_INTEGER);
const ratio = within(0, 1);
const decimal = is((value) => typeof value === 'string' && /^-?\d{1,80}(\.\d{1,40})?$/.test(value));
const instant = is(
  (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT/.test(value) &&
    !Number.isNaN(Date.parse(value)),
);
// What `Intl` takes as a currency.
const currencyCode = is((value) => typeof value === 'string' && /^[A-Z]{3}$/.test(value));
const anything = is(() => true);

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
const totals = shape(totalsFields);

const freshness = shape<Freshness>({
  asOf: instant,
  rolledUpThrough: orNull(instant),
  archivedBefore: optional(orNull(instant)),
});
const dated = { range: shape<Range>({ from: instant, to: instant, timeZone: text }), freshness };
const paged = { total: count, page: count, pageSize: count };

const projectFields: Fields<Project> = {
  appDid: text,
  name: orNull(text),
  logoUrl: orNull(text),
  url: orNull(text),
};
const project = shape(projectFields);

const trendFields: Fields<Trends> = {
  granularity: text,
  points: list(shape<TrendPoint>({ start: instant, end: instant, totals })),
  ...dated,
};

const currency = shape<Currency>({ symbol: text, name: text, decimal: count });
const stale = shape<Stale>({ since: instant, ageSeconds: count });
const status = { status: text, reason: orNull(text) };

const runway = shape<Runway>({
  status: text,
  days: orNull(count),
  earliestDays: orNull(count),
  latestDays: orNull(count),
  depletesOn: orNull(instant),
  dailyAverage: orNull(decimal),
  basedOnDays: count,
});

const call = shape<CallItem>({
  id: text,
  traceId: orNull(text),
  startedAt: instant,
  status: text,
  model: text,
  provider: orNull(text),
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

const ledgerEntry = shape<LedgerEntry>({
  id: text,
  kind: text,
  amount: decimal,
  balanceAfter: orNull(decimal),
  description: orNull(text),
  occurredAt: instant,
  expiresAt: orNull(instant),
  category: orNull(text),
  url: orNull(text),
});

/** A check for each body. Fields beyond the contract are fine, and so are words that a newer server may know. */
const CHECKS: Readonly<Record<RouteName, Check>> = {
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
  projects: shape<Projects>({
    items: list(shape<ProjectItem>({ ...projectFields, totals, lastCallAt: instant })),
    ...paged,
    ...dated,
  }),
  trends: shape(trendFields),
  projectStats: shape<ProjectStats>({ project, totals, previous: orNull(totals), ...dated }),
  projectTrends: shape<ProjectTrends>({ project, ...trendFields }),
  projectModels: shape<ProjectModels>({
    project,
    items: list(
      shape<ModelItem>({
        ...{ model: text, provider: orNull(text), providers: optional(list(text)) },
        ...{ totals, share: ratio },
      }),
    ),
    ...dated,
  }),
  projectCalls: shape<ProjectCalls>({
    project,
    items: list(call),
    nextCursor: orNull(text),
    total: orNull(count),
    ...dated,
  }),
  quotaDetails: shape<QuotaDetails>({
    items: list(ledgerEntry),
    ...paged,
    currency: orNull(currency),
    ...status,
    sum: orNull(
      shape<LedgerSum>({
        balance: decimal,
        rows: decimal,
        pending: decimal,
        unexplained: orNull(decimal),
      }),
    ),
    stale: orNull(stale),
    freshness,
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
export function findWrongField(route: RouteName, body: unknown): string | null {
  return CHECKS[route](body);
}
