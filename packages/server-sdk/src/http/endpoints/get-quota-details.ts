import { z } from 'zod';
import { LEDGER_KINDS, QUOTA_STATUSES } from '../../contract/quota.js';
import { defineQuery } from '../core/define-query.js';
import { parameterError } from '../core/parse-query.js';
import { instant as instantParameter, oneOf, pageParameters } from '../schemas/parameters.js';
import { currency, reason, stale } from '../schemas/quota-parts.js';
import { decimal, freshness, instant, pageFields, url } from '../schemas/response-parts.js';
import { defineEndpoint } from './define-endpoint.js';

/** `GET /quota-details`. */
export const quotaDetailsEndpoint = defineEndpoint({
  name: 'quotaDetails',
  summary: 'The ledger behind the quota',
  source: 'quota provider',
  query: defineQuery(
    z.strictObject({
      kind: oneOf(LEDGER_KINDS, 'Only this kind').optional(),
      from: instantParameter.optional(),
      to: instantParameter.optional(),
      ...pageParameters,
    }),
  ),
  response: z.object({
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
    ...pageFields,
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
  }),
  handle: async ({ quota }, { userDid, nowMs, query: { kind, from, to, page, pageSize } }) => {
    if (from !== undefined && to !== undefined && from >= to) {
      throw parameterError([{ parameter: 'from', detail: 'must be before `to`' }]);
    }
    const query = {
      kind: kind ?? null,
      fromMs: from ?? null,
      toMs: to ?? null,
      page: page ?? 1,
      pageSize: pageSize ?? 20,
    };
    return quota.getQuotaDetails(userDid, query, nowMs);
  },
});
