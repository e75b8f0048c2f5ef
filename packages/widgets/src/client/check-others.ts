import type {
  Activity,
  ActivityCell,
  ExpiringGrant,
  FailureItem,
  LatencyBar,
  LedgerEntry,
  LedgerGrants,
  LedgerSum,
  ProjectFailures,
  ProjectItem,
  ProjectLatency,
  Projects,
  QuotaDetails,
  SparklinePoints,
} from '@usage-kit/server-sdk/contract';
import { findWrongAdvice } from './check-advice.js';
import {
  currency,
  dated,
  paged,
  project,
  projectFields,
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

const sparklineValue: Check = (value) => (typeof value === 'string' ? decimal : count)(value);

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
});

const expiringGrant = shape<ExpiringGrant>({
  ...{ id: text, description: orNull(text), remaining: decimal, expiresAt: instant },
});

const CHECKS: Readonly<Record<RareRoute, Check>> = {
  advice: findWrongAdvice,
  activity: shape<Activity>({
    cells: list(shape<ActivityCell>({ weekday: within(1, 7), hour: within(0, 23), totals })),
    ...dated,
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
    freshness: dated.freshness,
  }),
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
