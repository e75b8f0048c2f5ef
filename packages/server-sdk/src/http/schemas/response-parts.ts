import { z } from 'zod';
import type * as Contract from '../../contract/index.js';
import {
  CALL_STATUSES,
  CALL_TYPES,
  GRANULARITIES,
  LEDGER_KINDS,
  QUOTA_STATUSES,
  RUNWAY_STATUSES,
  UNAVAILABLE_REASONS,
} from '../../contract/index.js';

/** What each endpoint answers; the types of `contract/` as schemas, held to them by {@link RESPONSES}. */

const instant = z.iso.datetime().meta({ description: 'RFC 3339 instant in UTC' });
const decimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({ description: 'Exact decimal number as text' });
const count = z.int().min(0);
const milliseconds = z.number().min(0).nullable();
const url = z.url().nullable();

const totals = z.object({
  calls: count.describe('Calls that started in the range, processing ones included'),
  successfulCalls: count,
  failedCalls: count,
  processingCalls: count,
  successRate: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe('successful / (successful + failed); null when nothing has finished'),
  inputTokens: count.nullable(),
  outputTokens: count.nullable(),
  totalTokens: count
    .nullable()
    .describe('Of the calls whose tokens are known; null when calls were made and none is'),
  credits: decimal
    .nullable()
    .describe('Of the calls whose cost is known; null when calls were made and none is'),
  averageDurationMs: milliseconds.describe('Mean over successful calls'),
  p95DurationMs: milliseconds.describe('95th percentile over successful calls, within 1 %'),
  durationSamples: count.describe('Successful calls with a duration'),
  unknownTokenCalls: count.describe('Finished, token-metered calls without known total tokens'),
  unknownCreditCalls: count.describe('Finished calls without known credits'),
});
const range = z.object({ from: instant, to: instant, timeZone: z.string() });
const freshness = z.object({
  asOf: instant.describe('When the answer was computed'),
  rolledUpThrough: instant.nullable().describe('How far the pre-aggregates reach'),
  archivedBefore: instant
    .optional()
    .describe('Calls before it are archived: they count, by whole UTC hours, and are not listed'),
});
const answered = { range, freshness };
const project = z.object({
  appDid: z.string(),
  name: z.string().nullable(),
  logoUrl: url,
  url,
});
const currency = z
  .object({ symbol: z.string(), name: z.string(), decimal: z.int().min(0) })
  .nullable();

const trendFields = {
  granularity: z.enum(GRANULARITIES),
  points: z.array(z.object({ start: instant, end: instant, totals })),
  ...answered,
};

const runway = z.object({
  status: z.enum(RUNWAY_STATUSES),
  days: z.number().min(0).nullable(),
  earliestDays: z.number().min(0).nullable(),
  latestDays: z.number().min(0).nullable(),
  depletesOn: instant.nullable(),
  dailyAverage: decimal.nullable(),
  basedOnDays: z.int().min(0).max(30),
});

const reason = z
  .enum(UNAVAILABLE_REASONS)
  .nullable()
  .describe('Why the amounts are not known; null when they are');
const stale = z
  .object({ since: instant, ageSeconds: count })
  .nullable()
  .describe('Set when the payment system does not answer and this is what it last said');

const quota = z.object({
  status: z.enum(QUOTA_STATUSES),
  reason,
  currency,
  total: decimal.nullable(),
  used: decimal.nullable(),
  remaining: decimal.nullable(),
  pending: decimal.nullable(),
  overdue: decimal.nullable(),
  runway,
  recentDays: z.array(z.object({ start: instant, credits: decimal })),
  autoRecharge: z
    .object({
      enabled: z.boolean(),
      threshold: decimal.nullable(),
      creditsPerPurchase: decimal.nullable(),
    })
    .nullable(),
  topUpUrl: url,
  billingUrl: url,
  stale,
  freshness,
});

const quotaDetails = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(LEDGER_KINDS),
      amount: decimal,
      balanceAfter: decimal.nullable(),
      description: z.string().nullable(),
      occurredAt: instant,
      expiresAt: instant.nullable(),
      category: z.string().nullable(),
      url,
    }),
  ),
  total: count,
  page: z.int().min(1),
  pageSize: z.int().min(1).max(100),
  currency,
  status: z.enum(QUOTA_STATUSES),
  reason,
  sum: z
    .object({
      balance: decimal,
      rows: decimal,
      pending: decimal,
      unexplained: decimal.nullable(),
    })
    .nullable()
    .describe('All rows of the user: rows + pending + unexplained = balance'),
  stale,
  freshness,
});

const callItem = z.object({
  id: z.string(),
  traceId: z.string().nullable(),
  startedAt: instant,
  status: z.enum(CALL_STATUSES),
  model: z.string(),
  provider: z.string().nullable(),
  type: z.enum(CALL_TYPES),
  usage: z.object({
    inputTokens: count.nullable(),
    outputTokens: count.nullable(),
    totalTokens: count.nullable(),
    units: z.number().min(0).nullable(),
  }),
  durationMs: milliseconds,
  ttfbMs: milliseconds,
  credits: decimal.nullable(),
  errorReason: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
});

interface ResponseTypes {
  quota: Contract.Quota;
  overview: Contract.Overview;
  projects: Contract.Projects;
  trends: Contract.Trends;
  projectStats: Contract.ProjectStats;
  projectTrends: Contract.ProjectTrends;
  projectModels: Contract.ProjectModels;
  projectCalls: Contract.ProjectCalls;
  quotaDetails: Contract.QuotaDetails;
}

/** The schema of each endpoint's answer; does not compile when it says something else than the contract. */
export const RESPONSES: { [Name in Contract.RouteName]: z.ZodType<ResponseTypes[Name]> } = {
  quota,
  overview: z.object({
    totals,
    previous: totals.nullable(),
    activeProjects: count,
    activeModels: count,
    byType: z.array(z.object({ type: z.enum(CALL_TYPES), ...totals.shape })),
    ...answered,
  }),
  projects: z.object({
    items: z.array(z.object({ ...project.shape, totals, lastCallAt: instant })),
    total: count,
    page: z.int().min(1),
    pageSize: z.int().min(1).max(100),
    ...answered,
  }),
  trends: z.object(trendFields),
  projectStats: z.object({ project, totals, previous: totals.nullable(), ...answered }),
  projectTrends: z.object({ project, ...trendFields }),
  projectModels: z.object({
    project,
    items: z.array(
      z.object({
        model: z.string(),
        provider: z.string().nullable(),
        totals,
        share: z.number().min(0).max(1),
      }),
    ),
    ...answered,
  }),
  projectCalls: z.object({
    project,
    items: z.array(callItem),
    nextCursor: z.string().nullable(),
    total: count.nullable(),
    ...answered,
  }),
  quotaDetails,
};

/** RFC 9457 problem document. */
export const PROBLEM: z.ZodType<Contract.Problem> = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  requestId: z.string(),
  errors: z.array(z.object({ parameter: z.string(), detail: z.string() })).optional(),
}) as z.ZodType<Contract.Problem>;
