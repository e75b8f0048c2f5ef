import type {
  AutoRecharge,
  Currency,
  LedgerEntry,
  LedgerGrants,
  LedgerKind,
  LedgerSum,
} from '../contract/quota.js';
import type { TimeRange } from '../values/time.js';

/** Credits that the calls of a user cost, up to now. */
export interface CreditUse {
  /** Reads the start of the user's first call, epoch ms; `null` if there is none. */
  firstCallAtMs(): Promise<number | null>;
  /** Reads the credits of each range, units of 1e-10, in their order. Fastest for ascending ranges that do not overlap. */
  creditsE10Of(ranges: readonly TimeRange[]): Promise<bigint[]>;
}

/** A request to a provider. */
export interface QuotaRequest {
  userDid: string;
  /** When the request is made, epoch ms. */
  nowMs: number;
  use: CreditUse;
  /** Aborted when no caller waits for the result. */
  signal: AbortSignal;
  /** How long callers wait for the result from `nowMs` on, milliseconds. */
  deadlineMs: number;
}

/** A balance; amounts are decimal strings of the currency, and `used + remaining = total`. */
export interface QuotaBalance {
  status: 'ok' | 'unlimited';
  currency: Currency | null;
  total: string;
  used: string;
  /** Credits left after all reported use, also pending use; negative when overdrawn. */
  remaining: string;
  pending: string;
  overdue: string;
  topUpUrl: string | null;
  billingUrl: string | null;
}

/** The provider has no account of this user: the amounts are unknown, not zero. */
export interface NoAccount {
  status: 'noAccount';
  currency: Currency | null;
  topUpUrl: string | null;
  billingUrl: string | null;
}

/** One page of the ledger, newest first; the order of rows of the same instant is the same on all pages. */
export interface LedgerPage {
  items: LedgerEntry[];
  total: number;
  currency: Currency | null;
  /** Sum of all rows of the user, regardless of the filter. Missing or `null` when unknown. */
  sum?: LedgerSum | null;
  /** What is left of all grants. Missing or `null` when unknown. */
  grants?: LedgerGrants | null;
}

/** A request for a page of the ledger. */
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
 * A provider of quota. When a promise is rejected, the last snapshot is shown with its age. A result after the deadline of its
 * request is only cached.
 */
export interface QuotaProvider {
  getQuota(request: QuotaRequest): Promise<QuotaBalance | NoAccount>;
  listLedger(request: LedgerRequest): Promise<LedgerPage>;
  /** Rows that one page of `listLedger` can have: so many are read to group the ledger by day, at most 1,000. @default 100 */
  readonly maxLedgerRows?: number;
  /** Reads the auto-recharge, at each poll: must not create or change any data. `null`: none, or unknown. */
  getAutoRecharge?(request: QuotaRequest): Promise<AutoRecharge | null>;
}

/**
 * A failure of a provider. With `concerns: 'user'` only requests for this user fail (a malformed id, a row that cannot be
 * read); every other error counts against the provider.
 */
export class QuotaProviderError extends Error {
  override readonly name = 'QuotaProviderError';
  readonly concerns: 'user' | 'provider';

  constructor(message: string, concerns: 'user' | 'provider', options?: { cause?: unknown }) {
    super(message, options);
    this.concerns = concerns;
  }
}
