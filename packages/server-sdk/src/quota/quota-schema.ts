import * as z from 'zod';
import { LEDGER_KINDS, type AutoRecharge } from '../contract/quota.js';
import { parseInstant } from '../values/parse-instant.js';
import { toSafeLink } from '../values/safe-link.js';
import { toShownText } from '../values/shown-text.js';
import { toInstant } from '../values/time.js';
import {
  QuotaProviderError,
  type LedgerPage,
  type NoAccount,
  type QuotaBalance,
} from './quota-provider.js';

/**
 * Schemas of the results of a quota provider. Results are rebuilt field by field: unknown members are left out, an invalid
 * required member refuses the result, and an invalid optional one becomes `null`.
 */

/** Plain decimal notation: no exponent, no plus sign, no thousands. */
const DECIMAL = /^-?\d{1,60}(\.\d{1,60})?$/;

const amount = z
  .string()
  .regex(DECIMAL, 'must be a plain decimal')
  .transform((text) => (/^-[0.]+$/.test(text) ? text.slice(1) : text));
const link = z.unknown().transform(toSafeLink);
const instant = z.unknown().transform((value, context) => {
  const ms = parseInstant(value);
  if (ms !== null) return toInstant(ms);
  context.addIssue({ code: 'custom', message: 'must be an instant' });
  return z.NEVER;
});

function shownText(maxLength: number): z.ZodType<string | null> {
  return z
    .unknown()
    .transform((value) => (typeof value === 'string' ? toShownText(value, maxLength) : null));
}

const currency = z
  .object({
    symbol: z.string().max(64),
    name: z.string().max(255),
    decimal: z.int().min(0).max(36),
  })
  .nullable();

const links = { topUpUrl: link, billingUrl: link };

const balance = z.union([
  z.object({
    status: z.enum(['ok', 'unlimited']),
    currency,
    total: amount,
    used: amount,
    remaining: amount,
    pending: amount,
    overdue: amount,
    ...links,
  }),
  z.object({ status: z.literal('noAccount'), currency, ...links }),
]);

const autoRecharge = z
  .object({
    enabled: z.boolean(),
    threshold: amount.nullable().catch(null),
    creditsPerPurchase: amount.nullable().catch(null),
  })
  .nullable()
  .catch(null);

const entry = z.object({
  id: z.string().min(1).max(512),
  kind: z.enum(LEDGER_KINDS),
  amount,
  balanceAfter: amount.nullable().catch(null),
  description: shownText(1000),
  occurredAt: instant,
  expiresAt: instant.nullable().catch(null),
  remaining: amount.nullable().catch(null),
  category: shownText(255),
  url: link,
});

const sum = z
  .object({
    balance: amount,
    rows: amount,
    pending: amount,
    unexplained: amount.nullable(),
  })
  .nullable()
  .catch(null);

const grants = z
  .object({
    remaining: amount,
    nextToExpire: z
      .object({
        id: z.string().min(1).max(512),
        description: shownText(1000),
        remaining: amount,
        expiresAt: instant,
      })
      .nullable(),
  })
  .nullable()
  .catch(null);

/** Reads a balance. @throws QuotaProviderError that names the first invalid member, without its value */
export function readBalance(value: unknown): QuotaBalance | NoAccount {
  return parse('balance', () => balance.parse(value));
}

/** Reads an auto-recharge; `null` when it is missing or invalid. */
export function readAutoRecharge(value: unknown): AutoRecharge | null {
  return parse('auto-recharge', () => autoRecharge.parse(value ?? null));
}

/**
 * Reads a page of the ledger, and truncates it to its size.
 *
 * @throws QuotaProviderError that names the first invalid member, without its value
 */
export function readLedgerPage(value: unknown, pageSize: number): LedgerPage {
  return parse('ledger page', () => {
    const { items, ...page } = z
      .object({
        items: z.custom<readonly unknown[]>(Array.isArray),
        total: z.int().min(0),
        currency,
        sum,
        grants,
      })
      .parse(value);
    return { ...page, items: items.slice(0, pageSize).map((item) => entry.parse(item)) };
  });
}

function parse<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    const where = issue ? `${issue.path.join('.') || 'it'} ${issue.message}` : 'it cannot be read';
    throw new QuotaProviderError(`Not a ${what} of the contract: ${where}`, 'user', {
      cause: error instanceof z.ZodError ? undefined : error,
    });
  }
}
