import { z } from 'zod';
import {
  ADVICE_ASSUMPTIONS,
  ADVICE_KINDS,
  ADVICE_STATES,
  ADVICE_TERMS,
  ADVICE_UNITS,
  FAILURE_REASONS,
} from '../../contract/advice.js';
import { CALL_STATUSES, CALL_TYPES } from '../../contract/common.js';
import { UNAVAILABLE_REASONS } from '../../contract/quota.js';
import { count, currencyCode, decimal, instant, rangeFields } from './response-parts.js';
import { project } from './item-parts.js';

const cost = { cost: decimal.nullable(), credits: decimal.nullable() };
const type = z.enum(CALL_TYPES);
const provider = z.string().nullable();
const unit = z.enum(['money', 'credits']);

const claim = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('failedCalls'),
    model: z.string(),
    reason: z.enum(FAILURE_REASONS),
    failedCalls: count,
    calls: count,
    ...cost,
  }),
  z.object({
    kind: z.literal('retries'),
    appDid: z.string(),
    model: z.string(),
    repeats: count,
    failedRepeats: count,
    calls: count,
    ...cost,
  }),
  z.object({
    kind: z.literal('cacheSavings'),
    model: z.string(),
    provider,
    type,
    cachedInputTokens: count,
    cacheWriteTokens: count,
    coveredCalls: count.describe('Calls that reported cached tokens'),
    calls: count,
    netSaving: decimal.describe('At list price; negative where writing cost more'),
  }),
  z.object({
    kind: z.literal('priceDifference'),
    model: z.string(),
    provider,
    type,
    alternative: z.string(),
    calls: count,
    cost: decimal,
    basis: z.enum(['measured', 'list']),
    alternativeCost: decimal.describe('Of the same tokens, at list price'),
    p95: z
      .object({
        modelMs: z.number().min(0),
        alternativeMs: z.number().min(0),
        modelSamples: count,
        alternativeSamples: count,
      })
      .nullable(),
  }),
  z.object({
    kind: z.literal('idleProjects'),
    appDid: z.string(),
    lastCallAt: instant,
    idleDays: count,
    calls: count,
    ...cost,
  }),
  z.object({
    kind: z.literal('expiringGrants'),
    grantId: z.string(),
    description: z.string().nullable(),
    expiresAt: instant,
    amount: decimal,
    left: decimal,
    unused: decimal,
    unusedAtLeast: decimal,
    dailyUse: decimal,
  }),
]);

const arithmetic = z
  .object({
    unit,
    lines: z.array(
      z.object({
        operation: z.enum(['add', 'subtract']),
        subject: z.string().nullable(),
        factors: z.array(
          z.object({ name: z.enum(ADVICE_TERMS), value: decimal, unit: z.enum(ADVICE_UNITS) }),
        ),
        amount: decimal,
      }),
    ),
    result: decimal,
  })
  .nullable()
  .describe('Each line is the product of its factors; prices are of a million tokens');

const saving = z
  .object({
    amount: decimal,
    unit,
    currency: currencyCode.nullable(),
    period: z.object({ from: instant, to: instant }),
  })
  .nullable();

/** One piece of advice. */
export const adviceItem = z.object({
  id: z.string(),
  claim,
  arithmetic,
  saving: saving.describe('Savings overlap: they do not add up'),
  evidence: z.array(
    z.object({
      appDid: z.string(),
      model: z.string().nullable(),
      status: z.enum(CALL_STATUSES).nullable(),
      type: type.nullable(),
      from: instant,
      to: instant,
      calls: count.nullable(),
    }),
  ),
  assumption: z.enum(ADVICE_ASSUMPTIONS),
  basedOn: z.object({
    calls: count.nullable(),
    days: count.nullable(),
    from: instant,
    to: instant,
  }),
  state: z.enum(ADVICE_STATES),
  outcome: z
    .object({ doneAt: instant, promised: saving, measured: saving, calls: count })
    .nullable()
    .describe('Of what is done: what was promised, and saved since'),
});

/** `GET /advice`. */
export const adviceResponse = z.object({
  items: z.array(adviceItem),
  omitted: count,
  unavailable: z.array(
    z.object({
      kind: z.enum(ADVICE_KINDS),
      reason: z.enum([
        ...UNAVAILABLE_REASONS,
        'noPrices',
        'noAlternatives',
        'projects',
        'tooManyGrants',
      ]),
    }),
  ),
  projects: z.array(project).describe('The projects that the items name'),
  basedOn: z.object({
    calls: count,
    callsRead: count.describe('Looked at one by one, for failures and repeats: the newest'),
    callsFrom: instant,
    truncated: z.boolean(),
  }),
  ...rangeFields,
});
