import type { DecimalString, Freshness, Instant } from './common.js';

/** The unit that quota is counted in. */
export interface Currency {
  symbol: string;
  name: string;
  /** Decimal places that amounts can have. */
  decimal: number;
}

export const RUNWAY_STATUSES = [
  'estimated',
  'notEnoughData',
  'noRecentUse',
  'depleted',
  'unlimited',
] as const;
export type RunwayStatus = (typeof RUNWAY_STATUSES)[number];

/** How long what remains will last at the recent pace. Never a sentinel: what is unknown is `null`. */
export interface Runway {
  status: RunwayStatus;
  /** Days left at the average pace, one decimal. */
  days: number | null;
  /** The honest interval around `days`. */
  earliestDays: number | null;
  latestDays: number | null;
  /** The instant `days` from now. */
  depletesOn: Instant | null;
  /** Average credits a day over the days of the estimate. */
  dailyAverage: DecimalString | null;
  /** Days the average is based on: since the first call, at most 30. */
  basedOnDays: number;
}

/** Auto top-up as far as a page may show it; no payment data. */
export interface AutoRecharge {
  enabled: boolean;
  /** Balance under which a purchase is made. */
  threshold: DecimalString | null;
  /** Credits bought each time. */
  creditsPerPurchase: DecimalString | null;
}

export const QUOTA_STATUSES = ['ok', 'unlimited', 'unavailable'] as const;
export type QuotaStatus = (typeof QUOTA_STATUSES)[number];

/**
 * Why amounts are not known: the payment system has no account of this user, does not answer, or there is none.
 */
export const UNAVAILABLE_REASONS = ['noAccount', 'noAnswer', 'noProvider'] as const;
export type UnavailableReason = (typeof UNAVAILABLE_REASONS)[number];

/** When the payment system said what is shown, because now it does not answer. */
export interface Stale {
  since: Instant;
  ageSeconds: number;
}

/** `GET /quota`. Amounts are `null` when the payment system cannot say and nothing is remembered. */
export interface Quota {
  status: QuotaStatus;
  /** Set when the status is `unavailable`. */
  reason: UnavailableReason | null;
  currency: Currency | null;
  total: DecimalString | null;
  used: DecimalString | null;
  /** What is left after everything reported, pending use too; negative when overdrawn. `used + remaining = total`. */
  remaining: DecimalString | null;
  /** Use that is reported and not yet taken from the balance. */
  pending: DecimalString | null;
  /** Use that the balance did not cover. */
  overdue: DecimalString | null;
  runway: Runway;
  /** Credits of each of the last 7 days in UTC, oldest first, today last and not finished. */
  recentDays: { start: Instant; credits: DecimalString }[];
  autoRecharge: AutoRecharge | null;
  /** `https` only. */
  topUpUrl: string | null;
  /** `https` only. */
  billingUrl: string | null;
  /** Set when the amounts are remembered from before, because the payment system does not answer. */
  stale: Stale | null;
  freshness: Freshness;
}

export const LEDGER_KINDS = ['grant', 'consumption', 'adjustment', 'expiration'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** One row of the ledger; all rows sum to the balance. */
export interface LedgerEntry {
  id: string;
  kind: LedgerKind;
  /** Signed: what the row adds to the balance. */
  amount: DecimalString;
  /** Balance after this row; `null` where it is not known. */
  balanceAfter: DecimalString | null;
  description: string | null;
  occurredAt: Instant;
  /** When the credits of a grant end; `null` if never or not a grant. */
  expiresAt: Instant | null;
  category: string | null;
  /** `https` only. */
  url: string | null;
}

/**
 * Whether all rows of the user, whatever the filter, sum to the balance: `rows + pending + unexplained = balance`.
 */
export interface LedgerSum {
  balance: DecimalString;
  rows: DecimalString;
  /** Use that is reported and has no row yet; zero or negative. */
  pending: DecimalString;
  /** What no row and no pending use explains; `null` when the rows are too many to be summed. */
  unexplained: DecimalString | null;
}

/** `GET /quota-details`, newest first; rows of the same instant keep their order from page to page. */
export interface QuotaDetails {
  items: LedgerEntry[];
  total: number;
  page: number;
  pageSize: number;
  currency: Currency | null;
  status: QuotaStatus;
  /** Set when the status is `unavailable`. */
  reason: UnavailableReason | null;
  /** `null` when the payment system cannot say. */
  sum: LedgerSum | null;
  /** Set when the page is remembered from before, because the payment system does not answer. */
  stale: Stale | null;
  freshness: Freshness;
}
