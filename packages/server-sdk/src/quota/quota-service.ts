import type { LedgerKind, Quota, QuotaDetails, Runway, Stale } from '../contract/quota.js';
import type { Database } from '../db/database.js';
import { parseCredits } from '../values/credits.js';
import { forecastRunway, unknownRunway, unlimitedRunway } from './quota-forecast.js';
import { SECOND_MS, toInstant } from '../values/time.js';
import type { Logger } from '../runtime/logger.js';
import type { NoAccount, QuotaBalance, QuotaProvider } from './quota-provider.js';
import { runDetached } from '../runtime/request-signal.js';
import { createQuotaAnswers, type QuotaAnswers } from './quota-answers.js';
import { createQuotaSnapshots } from './quota-snapshots.js';
import { createCreditUse, readQuotaUse } from './quota-use.js';
import { readUserFigures } from '../queries/user-snapshot.js';

/** What the quota service is made from. */
export interface QuotaServiceOptions {
  database: Database;
  provider: QuotaProvider | null;
  logger: Logger;
  /** How long the provider may take before its last answer is shown, milliseconds. */
  deadlineMs: number;
}

/** What the ledger is asked for. */
export interface LedgerQuery {
  kind: LedgerKind | null;
  fromMs: number | null;
  toMs: number | null;
  page: number;
  pageSize: number;
}

/** Balance and ledger of one user at a time. A provider that fails or is late costs the amounts, never the answer. */
export interface QuotaService {
  getQuota(userDid: string, nowMs: number): Promise<Quota>;
  getQuotaDetails(userDid: string, query: LedgerQuery, nowMs: number): Promise<QuotaDetails>;
  /** Forgets what the provider said about a user. */
  forget(userDid: string): void;
  /** Resolves when everything that is remembered is written. */
  close(): Promise<void>;
}

/** One for each process: it remembers answers, and whether the provider gives any. */
export function createQuotaService(options: QuotaServiceOptions): QuotaService {
  const { database, provider, logger, deadlineMs } = options;
  const answers =
    provider &&
    createQuotaAnswers(provider, createQuotaSnapshots(database, logger), logger, deadlineMs);
  return {
    getQuota: (userDid, nowMs) => getQuota(database, answers, userDid, nowMs),
    getQuotaDetails: (userDid, query, nowMs) =>
      getQuotaDetails(database, answers, userDid, query, nowMs),
    forget: (userDid) => {
      answers?.forget(userDid);
    },
    close: async () => {
      await answers?.close();
    },
  };
}

async function getQuota(
  database: Database,
  answers: QuotaAnswers | null,
  userDid: string,
  nowMs: number,
): Promise<Quota> {
  const use = createCreditUse(database, userDid, nowMs);
  // The provider's answer is remembered for the next who asks, whether or not this client disconnects: it has a deadline of its own.
  // Side by side: the provider's deadline is all that a request may have to wait for.
  const [{ recentDays, dailyUseE8, freshness }, answered] = await Promise.all([
    readQuotaUse(database, userDid, nowMs),
    answers && runDetached(() => answers.balance({ userDid, nowMs, use })),
  ]);
  const reason = answers === null ? 'noProvider' : 'noAnswer';
  if (answered === null) return { ...unavailable, reason, recentDays, freshness };
  const { balance, autoRecharge } = answered.value;
  const shared = {
    recentDays,
    stale: toStale(answered.staleSinceMs, nowMs),
    freshness,
  };
  return balance.status === 'noAccount'
    ? { ...unavailable, ...toLinks(balance), reason: 'noAccount', ...shared }
    : {
        ...toAmounts(balance),
        reason: null,
        autoRecharge,
        runway: toRunway(balance, dailyUseE8, nowMs),
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

/** Field by field: a provider of the host's may say more than a client should see. */
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

async function getQuotaDetails(
  database: Database,
  answers: QuotaAnswers | null,
  userDid: string,
  query: LedgerQuery,
  nowMs: number,
): Promise<QuotaDetails> {
  const use = createCreditUse(database, userDid, nowMs);
  const [{ freshness }, answered] = await Promise.all([
    readUserFigures(database, userDid, nowMs, { appDid: null, ranges: [] }),
    answers && runDetached(() => answers.ledger({ userDid, nowMs, use, ...query })),
  ]);
  const { page, pageSize } = query;
  if (answered === null) {
    return {
      items: [],
      total: 0,
      page,
      pageSize,
      currency: null,
      status: 'unavailable',
      reason: answers === null ? 'noProvider' : 'noAnswer',
      sum: null,
      stale: null,
      freshness,
    };
  }
  const { items, total, currency, sum = null } = answered.value;
  const stale = toStale(answered.staleSinceMs, nowMs);
  return {
    items,
    total,
    page,
    pageSize,
    currency,
    status: 'ok',
    reason: null,
    sum,
    stale,
    freshness,
  };
}

/** Never younger than it is; the clock of another machine may be ahead. */
function toStale(sinceMs: number | null, nowMs: number): Stale | null {
  if (sinceMs === null) return null;
  const ageSeconds = Math.max(0, Math.ceil((nowMs - sinceMs) / SECOND_MS));
  return { since: toInstant(sinceMs), ageSeconds };
}

function toRunway(balance: QuotaBalance, dailyUseE8: bigint[], nowMs: number): Runway {
  if (balance.status === 'unlimited') return unlimitedRunway();
  const remainingE8 = parseCredits(truncateTo8(balance.remaining));
  if (remainingE8 === null) return unknownRunway();
  return forecastRunway({ remainingE8, dailyUseE8, nowMs });
}

/** A currency may have more decimals than calls cost; for days of runway 8 are plenty. */
function truncateTo8(amount: string): string {
  return amount.replace(/(\.\d{8})\d+$/, '$1');
}
