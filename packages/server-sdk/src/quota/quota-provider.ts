import type {
  AutoRecharge,
  Currency,
  LedgerEntry,
  LedgerKind,
  LedgerSum,
} from '../contract/quota.js';
import type { TimeRange } from '../values/time.js';

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
  /** How long the answer is waited for from `nowMs` on, milliseconds. */
  deadlineMs: number;
}

/** A balance; amounts are decimal strings of the currency, and `used + remaining = total`. */
export interface QuotaBalance {
  status: 'ok' | 'unlimited';
  currency: Currency | null;
  total: string;
  used: string;
  /** What is left after everything reported, pending use too; negative when overdrawn. */
  remaining: string;
  pending: string;
  overdue: string;
  topUpUrl: string | null;
  billingUrl: string | null;
}

/** The provider answered that it knows no account of this user: no balance, and no zeros either. */
export interface NoAccount {
  status: 'noAccount';
  currency: Currency | null;
  topUpUrl: string | null;
  billingUrl: string | null;
}

/** One page of the ledger, newest first; rows of the same instant keep their order from page to page. */
export interface LedgerPage {
  items: LedgerEntry[];
  total: number;
  currency: Currency | null;
  /** About all rows of the user, whatever the filter. Missing or `null` when the provider cannot say. */
  sum?: LedgerSum | null;
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

/**
 * The seam to whatever sells the credits. A rejected promise means: cannot say now; the last known answer is then shown
 * with its age. Each question comes with a signal and a deadline, after which its answer is only remembered.
 */
export interface QuotaProvider {
  getQuota(request: QuotaRequest): Promise<QuotaBalance | NoAccount>;
  listLedger(request: LedgerRequest): Promise<LedgerPage>;
  /** Must not create or change anything: it is asked at each poll. `null`: none, or not known. */
  getAutoRecharge?(request: QuotaRequest): Promise<AutoRecharge | null>;
}

/**
 * Why a provider cannot answer. With `concerns: 'user'` only this user's question is at fault (a malformed id, a row
 * that cannot be read), and other users are asked for as before; any other error counts against the provider.
 */
export class QuotaProviderError extends Error {
  override readonly name = 'QuotaProviderError';
  readonly concerns: 'user' | 'provider';

  constructor(message: string, concerns: 'user' | 'provider', options?: { cause?: unknown }) {
    super(message, options);
    this.concerns = concerns;
  }
}
