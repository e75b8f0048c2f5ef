import type { Quota, QuotaDetails, Runway } from '../contract/quota.js';
import type { Database } from '../db/database.js';
import { parseCredits } from '../values/amounts.js';
import { forecastRunway, unknownRunway, unlimitedRunway } from './quota-forecast.js';
import type { Logger } from '../runtime/logger.js';
import type { NoAccount, QuotaBalance, QuotaProvider } from './quota-provider.js';
import { runDetached } from '../runtime/request-signal.js';
import { createProviderResults, type ProviderResults } from './provider-results.js';
import { createQuotaSnapshots } from './quota-snapshots.js';
import { createCreditUse, readQuotaUse } from './quota-use.js';
import {
  getQuotaDays,
  getQuotaDetails,
  toStale,
  type LedgerDaysQuery,
  type LedgerQuery,
} from './quota-details.js';

export type { LedgerQuery } from './quota-details.js';

/** Dependencies of the quota service. */
export interface QuotaServiceOptions {
  database: Database;
  provider: QuotaProvider | null;
  logger: Logger;
  /** How long the provider may take before the last snapshot is shown, milliseconds. */
  deadlineMs: number;
}

/** Reads balance and ledger of a user. When the provider fails or is late, amounts may be `null`; the methods do not throw. */
export interface QuotaService {
  getQuota(userDid: string, nowMs: number): Promise<Quota>;
  getQuotaDetails(userDid: string, query: LedgerQuery, nowMs: number): Promise<QuotaDetails>;
  /** Reads the ledger with the consumption of each local day as one item. */
  getQuotaDays(userDid: string, query: LedgerDaysQuery, nowMs: number): Promise<QuotaDetails>;
  /** Removes cached results of a user. */
  forget(userDid: string): void;
  /** Resolves when all snapshots are written. */
  close(): Promise<void>;
}

/** Makes the service. One for each process, because it caches results and the state of the provider. */
export function createQuotaService(options: QuotaServiceOptions): QuotaService {
  const { database, provider, logger, deadlineMs } = options;
  const results =
    provider &&
    createProviderResults(provider, createQuotaSnapshots(database, logger), logger, deadlineMs);
  return {
    getQuota: (userDid, nowMs) => getQuota(database, results, userDid, nowMs),
    getQuotaDetails: (userDid, query, nowMs) =>
      getQuotaDetails({ database, results }, userDid, query, nowMs),
    getQuotaDays: (userDid, query, nowMs) =>
      getQuotaDays(
        { database, results, maxRows: provider?.maxLedgerRows ?? null },
        userDid,
        query,
        nowMs,
      ),
    forget: (userDid) => {
      results?.forget(userDid);
    },
    close: async () => {
      await results?.close();
    },
  };
}

async function getQuota(
  database: Database,
  results: ProviderResults | null,
  userDid: string,
  nowMs: number,
): Promise<Quota> {
  const use = createCreditUse(database, userDid, nowMs);
  // Detached: the provider's result is cached for later requests even if this client disconnects; it has a separate deadline.
  // Concurrent, so that a request waits no longer than that deadline.
  const [{ recentDays, dailyUseE10, freshness }, result] = await Promise.all([
    readQuotaUse(database, userDid, nowMs),
    results && runDetached(() => results.balance({ userDid, nowMs, use })),
  ]);
  const reason = results === null ? 'noProvider' : 'noAnswer';
  if (result === null) return { ...unavailable, reason, recentDays, freshness };
  const { balance, autoRecharge } = result.value;
  const shared = {
    recentDays,
    stale: toStale(result.staleSinceMs, nowMs),
    freshness,
  };
  return balance.status === 'noAccount'
    ? { ...unavailable, ...toLinks(balance), reason: 'noAccount', ...shared }
    : {
        ...toAmounts(balance),
        reason: null,
        autoRecharge,
        runway: toRunway(balance, dailyUseE10, nowMs),
        ...shared,
      };
}

const unavailable = {
  status: 'unavailable',
  currency: null,
  total: null,
  used: null,
  remaining: null,
  pending: null,
  overdue: null,
  runway: unknownRunway(),
  autoRecharge: null,
  topUpUrl: null,
  billingUrl: null,
  stale: null,
} as const;

function toLinks({
  currency,
  topUpUrl,
  billingUrl,
}: NoAccount): Pick<Quota, 'currency' | 'topUpUrl' | 'billingUrl'> {
  return { currency, topUpUrl, billingUrl };
}

/** Copies field by field: a provider of the host may return more than a client should see. */
function toAmounts(
  balance: QuotaBalance,
): Omit<Quota, 'reason' | 'runway' | 'recentDays' | 'autoRecharge' | 'stale' | 'freshness'> {
  const { status, currency, total, used, remaining, pending, overdue } = balance;
  const { topUpUrl, billingUrl } = balance;
  return {
    status,
    currency,
    total,
    used,
    remaining,
    pending,
    overdue,
    topUpUrl,
    billingUrl,
  };
}

function toRunway(balance: QuotaBalance, dailyUseE10: bigint[], nowMs: number): Runway {
  if (balance.status === 'unlimited') return unlimitedRunway();
  const remainingE10 = parseCredits(truncateTo10(balance.remaining));
  if (remainingE10 === null) return unknownRunway();
  return forecastRunway({ remainingE10, dailyUseE10, nowMs });
}

/** A currency may have more decimals than credits of calls; 10 are enough for a forecast. */
function truncateTo10(amount: string): string {
  return amount.replace(/(\.\d{10})\d+$/, '$1');
}
