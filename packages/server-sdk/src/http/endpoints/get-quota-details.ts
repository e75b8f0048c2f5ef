import { z } from 'zod';
import { LEDGER_GROUPINGS, LEDGER_KINDS, QUOTA_STATUSES } from '../../contract/quota.js';
import { defineQuery, parameterError } from '../core/define-query.js';
import { instant as instantParameter, timeZone } from '../schemas/range-parameters.js';
import { oneOf, pageParameters } from '../schemas/parameters.js';
import { currency, reason, stale } from '../schemas/quota-parts.js';
import { count, decimal, freshness, instant, pageFields, url } from '../schemas/response-parts.js';
import { defineEndpoint } from './define-endpoint.js';

/** Filters of the ledger; its export takes them, too. */
export const ledgerParameters = {
  kind: oneOf(LEDGER_KINDS, 'Only this kind').optional(),
  from: instantParameter.optional(),
  to: instantParameter.optional(),
};

/** Checks the range of a ledger, whose ends may be open. @throws UsageError `PARAMETER_INVALID` for an empty one */
export function requireLedgerRange(from: number | undefined, to: number | undefined): void {
  if (from !== undefined && to !== undefined && from >= to) {
    throw parameterError([{ parameter: 'from', detail: 'must be before `to`' }]);
  }
}

/** `GET /quota-details`. */
export const quotaDetailsEndpoint = defineEndpoint({
  name: 'quotaDetails',
  summary: 'The ledger behind the quota',
  source: 'quota provider',
  query: defineQuery(
    z.strictObject({
      ...ledgerParameters,
      groupBy: oneOf(LEDGER_GROUPINGS, 'Makes the consumption of each day one item').optional(),
      timeZone: timeZone.optional(),
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
        remaining: decimal.nullable().optional().describe('What is left of a grant'),
        category: z.string().nullable(),
        url,
        day: z
          .object({ start: instant, end: instant, entries: count, calls: count.nullable() })
          .optional()
          .describe('With groupBy=day, of consumption that is a day: its ends, rows and calls'),
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
    grants: z
      .object({
        remaining: decimal,
        nextToExpire: z
          .object({
            id: z.string(),
            description: z.string().nullable(),
            remaining: decimal,
            expiresAt: instant,
          })
          .nullable(),
      })
      .nullable()
      .optional()
      .describe('What is left of all grants of the user; null where that is not known'),
    stale,
    freshness,
  }),
  handle: async ({ quota }, { userDid, projects, nowMs, query: values }) => {
    const { kind, from, to, groupBy, timeZone = 'UTC', page, pageSize } = values;
    requireLedgerRange(from, to);
    const query = {
      kind: kind ?? null,
      fromMs: from ?? null,
      toMs: to ?? null,
      page: page ?? 1,
      pageSize: pageSize ?? 20,
    };
    if (groupBy === undefined) return quota.getQuotaDetails(userDid, query, nowMs);
    // Calls of a day are the account's: a token of some projects does not see them.
    return quota.getQuotaDays(userDid, { ...query, timeZone, hasCalls: projects === null }, nowMs);
  },
});
