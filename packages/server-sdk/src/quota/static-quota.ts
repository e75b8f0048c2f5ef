import type { Currency, LedgerEntry } from '../contract/quota.js';
import { formatE10, parseCredits } from '../values/amounts.js';
import { requireKnownKeys } from '../values/require-known-keys.js';
import { buildLedger, type LedgerFact } from './ledger.js';
import { parseInstant } from '../values/parse-instant.js';
import type { LedgerPage, QuotaProvider, QuotaRequest } from './quota-provider.js';

/** A grant or an adjustment of the host. */
export interface StaticLedgerEntry {
  id: string;
  kind: 'grant' | 'adjustment';
  /** Decimal string; positive for a grant, either for an adjustment. */
  amount: string;
  /** Date, epoch milliseconds or RFC 3339. */
  occurredAt: Date | number | string;
  /** When the rest of a grant expires. @default never */
  expiresAt?: Date | number | string;
  description?: string;
  /** For example `paid` or `promotional`. */
  category?: string;
}

/** Options of {@link staticQuota}. */
export interface StaticQuotaOptions {
  /** @default credits with 8 decimals */
  currency?: Currency;
  /** The grants and adjustments, of all users or by user. Consumption and expiration are computed from the recorded calls. */
  entries:
    | readonly StaticLedgerEntry[]
    | ((userDid: string) => readonly StaticLedgerEntry[] | Promise<readonly StaticLedgerEntry[]>);
  /** Users without a limit. @default none */
  isUnlimited?: (userDid: string) => boolean;
  /** `https` only. */
  topUpUrl?: string;
  /** `https` only. */
  billingUrl?: string;
}

/** The ledger is in memory anyway. */
const MAX_LEDGER_ROWS = 1000;

const CREDITS: Currency = { symbol: 'Credits', name: 'Credits', decimal: 8 };

/** All options; without a new option here the code does not compile. */
const OPTIONS: Record<keyof StaticQuotaOptions, true> = {
  currency: true,
  entries: true,
  isUnlimited: true,
  topUpUrl: true,
  billingUrl: true,
};

function requireOptions(options: StaticQuotaOptions): void {
  const given = options as Partial<StaticQuotaOptions> | null;
  if (typeof given !== 'object' || given === null) {
    throw new TypeError('staticQuota takes an object of options');
  }
  requireKnownKeys(given, Object.keys(OPTIONS), 'staticQuota');
  if (typeof given.entries !== 'function' && !Array.isArray(given.entries)) {
    throw new TypeError('staticQuota.entries must be a list, or a function from the user to one');
  }
  if (given.isUnlimited !== undefined && typeof given.isUnlimited !== 'function') {
    throw new TypeError('staticQuota.isUnlimited must be a function');
  }
}

/**
 * Makes a provider without a payment system: the grants of the host minus the exact cost of the recorded calls. A grant is
 * used before one that expires later; the rest of an expired grant is a separate row of the ledger.
 *
 * @throws TypeError for an unknown or invalid option
 */
export function staticQuota(options: StaticQuotaOptions): QuotaProvider {
  requireOptions(options);
  const currency = options.currency ?? CREDITS;
  const getRows = async (request: QuotaRequest): Promise<LedgerEntry[]> => {
    const { entries } = options;
    const stated = typeof entries === 'function' ? await entries(request.userDid) : entries;
    return buildLedger(stated.map(toFact), request.use, request.nowMs);
  };
  return {
    getQuota: async (request) => {
      const rows = await getRows(request);
      const unlimited = options.isUnlimited?.(request.userDid) ?? false;
      return {
        status: unlimited ? 'unlimited' : 'ok',
        currency,
        ...toAmounts(rows),
        pending: '0',
        topUpUrl: options.topUpUrl ?? null,
        billingUrl: options.billingUrl ?? null,
      };
    },
    maxLedgerRows: MAX_LEDGER_ROWS,
    listLedger: async (request): Promise<LedgerPage> => {
      const all = await getRows(request);
      const rows = all.filter(
        (row) =>
          (request.kind === null || row.kind === request.kind) &&
          (request.fromMs === null || Date.parse(row.occurredAt) >= request.fromMs) &&
          (request.toMs === null || Date.parse(row.occurredAt) < request.toMs),
      );
      const first = (request.page - 1) * request.pageSize;
      const { remaining } = toAmounts(all);
      return {
        items: rows.slice(first, first + request.pageSize),
        total: rows.length,
        currency,
        sum: { balance: remaining, rows: remaining, pending: '0', unexplained: '0' },
      };
    },
  };
}

/** Sums rows: `used + remaining = total`, which is all grants and adjustments minus what expired. */
function toAmounts(rows: readonly LedgerEntry[]): {
  total: string;
  used: string;
  remaining: string;
  overdue: string;
} {
  const sumCredits = (kinds: readonly string[]): bigint =>
    rows
      .filter((row) => kinds.includes(row.kind))
      .reduce((sum, row) => sum + (parseCredits(row.amount) ?? 0n), 0n);
  const total = sumCredits(['grant', 'adjustment', 'expiration']);
  const used = -sumCredits(['consumption']);
  const remaining = total - used;
  return {
    total: formatE10(total),
    used: formatE10(used),
    remaining: formatE10(remaining),
    overdue: formatE10(remaining < 0n ? -remaining : 0n),
  };
}

function toFact(entry: StaticLedgerEntry): LedgerFact {
  const amountE10 = parseCredits(entry.amount);
  const occurredAtMs = parseInstant(entry.occurredAt);
  const expiresAtMs = entry.expiresAt === undefined ? null : parseInstant(entry.expiresAt);
  if (amountE10 === null || occurredAtMs === null) {
    throw new TypeError(
      `staticQuota: entry "${entry.id}" needs a decimal amount and an occurredAt`,
    );
  }
  return {
    id: entry.id,
    kind: entry.kind,
    amountE10,
    occurredAtMs,
    expiresAtMs,
    description: entry.description ?? null,
    category: entry.category ?? null,
  };
}
