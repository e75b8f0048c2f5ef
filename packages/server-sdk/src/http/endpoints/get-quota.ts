import { z } from 'zod';
import { QUOTA_STATUSES, RUNWAY_STATUSES } from '../../contract/quota.js';
import { defineQuery } from '../core/define-query.js';
import { currency, reason, stale } from '../schemas/quota-parts.js';
import { decimal, freshness, instant, url } from '../schemas/response-parts.js';
import { defineEndpoint } from './define-endpoint.js';

const runway = z.object({
  status: z.enum(RUNWAY_STATUSES),
  days: z.number().min(0).nullable(),
  earliestDays: z.number().min(0).nullable(),
  latestDays: z.number().min(0).nullable(),
  depletesOn: instant.nullable(),
  dailyAverage: decimal.nullable(),
  basedOnDays: z.int().min(0).max(30),
});

/** `GET /quota`. */
export const quotaEndpoint = defineEndpoint({
  name: 'quota',
  summary: 'What the user has left, and how long it lasts',
  source: 'quota provider',
  query: defineQuery(z.strictObject({})),
  response: z.object({
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
  }),
  handle: ({ quota }, { userDid, nowMs }) => quota.getQuota(userDid, nowMs),
});
