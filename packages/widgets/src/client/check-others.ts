import type {
  Activity,
  ActivityCell,
  ExpiringGrant,
  FailureItem,
  LatencyBar,
  LedgerDay,
  LedgerEntry,
  LedgerGrants,
  LedgerSum,
  ModelItem,
  Models,
  ProjectFailures,
  ProjectItem,
  ProjectLatency,
  ProjectModels,
  Projects,
  QuotaDetails,
  SparklinePoints,
} from '@usage-kit/server-sdk/contract';
import { findWrongAdvice } from './check-advice.js';
import {
  currency,
  dated,
  freshness,
  paged,
  project,
  projectFields,
  providerFields,
  stale,
  status,
  totals,
  type RareRoute,
} from './check-body.js';
import {
  count,
  decimal,
  instant,
  list,
  optional,
  orNull,
  ratio,
  shape,
  text,
  within,
  type Check,
} from './checks.js';

const FIRST_STATUS = 100;
const LAST_STATUS = 599;

const models = list(
  shape<ModelItem>({
    ...{ ...providerFields, model: text, totals, share: ratio },
    ...{ providers: optional(list(text)), providerNames: optional(list(text)) },
  }),
);

const ledgerEntry = shape<LedgerEntry>({
  id: text,
  kind: text,
  amount: decimal,
  balanceAfter: orNull(decimal),
  description: orNull(text),
  occurredAt: instant,
  expiresAt: orNull(instant),
  // An older server does not have it.
  remaining: optional(orNull(decimal)),
  category: orNull(text),
  url: orNull(text),
  day: optional(
    shape<LedgerDay>({ start: instant, end: instant, entries: count, calls: orNull(count) }),
  ),
});

const expiringGrant = shape<ExpiringGrant>({
  ...{ id: text, description: orNull(text), remaining: decimal, expiresAt: instant },
});

/** An amount, or a number of calls or tokens. */
const sparklineValue: Check = (value) => (typeof value === 'string' ? decimal : count)(value);

const CHECKS: Readonly<Record<RareRoute, Check>> = {
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
    grants: optional(
      orNull(shape<LedgerGrants>({ remaining: decimal, nextToExpire: orNull(expiringGrant) })),
    ),
    stale: orNull(stale),
    freshness,
  }),
  projects: shape<Projects>({
    items: list(
      shape<ProjectItem>({
        ...projectFields,
        ...{ totals, lastCallAt: instant },
        sparkline: optional(list(orNull(sparklineValue))),
      }),
    ),
    ...paged,
    // An older server has neither.
    totals: optional(totals),
    sparkline: optional(
      shape<SparklinePoints>({
        metric: text,
        points: list(shape<SparklinePoints['points'][number]>({ start: instant, end: instant })),
      }),
    ),
    ...dated,
  }),
  advice: findWrongAdvice,
  activity: shape<Activity>({
    cells: list(shape<ActivityCell>({ weekday: within(1, 7), hour: within(0, 23), totals })),
    ...dated,
  }),
  models: shape<Models>({ items: models, ...dated }),
  projectModels: shape<ProjectModels>({ project, items: models, ...dated }),
  projectLatency: shape<ProjectLatency>({
    project,
    bars: list(shape<LatencyBar>({ fromMs: count, toMs: count, calls: count })),
    p50DurationMs: orNull(count),
    p95DurationMs: orNull(count),
    p99DurationMs: orNull(count),
    averageDurationMs: orNull(count),
    durationSamples: count,
    ...dated,
  }),
  projectFailures: shape<ProjectFailures>({
    project,
    items: list(
      shape<FailureItem>({
        ...{ reason: text, calls: count, share: ratio, models: list(text), lastCallAt: instant },
        statusCode: orNull(within(FIRST_STATUS, LAST_STATUS)),
      }),
    ),
    ...{ failedCalls: count, unsortedCalls: count, sortedFrom: instant },
    ...dated,
  }),
};

/** Finds where the body of a route that not every page asks is wrong, as `findWrongField` does; loaded with the first of them. */
export function findWrongOther(route: RareRoute, body: unknown): string | null {
  return CHECKS[route](body);
}
