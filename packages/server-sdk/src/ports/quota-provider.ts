import type { AutoRecharge, Currency, LedgerEntry, LedgerKind } from '../contract/quota.js';
import type { TimeRange } from '../domain/time.js';

/** Credits that one user's calls cost, from the pre-aggregates and the live hour. */
export interface CreditUse {
  /** Start of the user's first call, epoch ms; `null` if there is none. */
  firstCallAtMs(): Promise<number | null>;
  /** Credits of each range, units of 1e-8, in the order asked. Ranges are ascending and do not overlap. */
  creditsE8Of(ranges: readonly TimeRange[]): Promise<bigint[]>;
}

/** What a provider gets with every question. */
export interface QuotaRequest {
  userDid: string;
  /** When it is asked, epoch ms. */
  nowMs: number;
  use: CreditUse;
  /** Aborted when the answer is no longer waited for. */
  signal: AbortSignal;
}

/** A balance; amounts are decimal strings of the currency. */
export interface QuotaBalance {
  status: 'ok' | 'unlimited';
  currency: Currency | null;
  total: string;
  used: string;
  remaining: string;
  pending: string;
  overdue: string;
  autoRecharge: AutoRecharge | null;
  topUpUrl: string | null;
  billingUrl: string | null;
}

/** One page of the ledger, newest first. */
export interface LedgerPage {
  items: LedgerEntry[];
  total: number;
  currency: Currency | null;
}

/** What a page of the ledger is asked for. */
export interface LedgerRequest extends QuotaRequest {
  kind: LedgerKind | null;
  /** Half-open; `null` bounds are open. */
  fromMs: number | null;
  toMs: number | null;
  /** From 1. */
  page: number;
  pageSize: number;
}

/** The seam to whatever sells the credits. A rejected promise means: cannot say now. */
export interface QuotaProvider {
  getQuota(request: QuotaRequest): Promise<QuotaBalance>;
  listLedger(request: LedgerRequest): Promise<LedgerPage>;
}
