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

/** How long the remaining credits last at the recent use. Never a sentinel: unknown values are `null`. */
export interface Runway {
  status: RunwayStatus;
  /** Days left at the average use, one decimal. */
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

/** Auto top-up without payment data. */
export interface AutoRecharge {
  enabled: boolean;
  /** Balance under which a purchase is made. */
  threshold: DecimalString | null;
  /** Credits bought each time. */
  creditsPerPurchase: DecimalString | null;
}

export const QUOTA_STATUSES = ['ok', 'unlimited', 'unavailable'] as const;
export type QuotaStatus = (typeof QUOTA_STATUSES)[number];

/** Why amounts are unknown: the provider has no account of this user, does not respond, or there is no provider. */
export const UNAVAILABLE_REASONS = ['noAccount', 'noAnswer', 'noProvider'] as const;
export type UnavailableReason = (typeof UNAVAILABLE_REASONS)[number];

/** Age of the snapshot that is shown, because the provider does not respond. */
export interface Stale {
  since: Instant;
  ageSeconds: number;
}

/** `GET /quota`. Amounts are `null` when the provider does not respond and there is no snapshot. */
export interface Quota {
  status: QuotaStatus;
  /** Set when the status is `unavailable`. */
  reason: UnavailableReason | null;
  currency: Currency | null;
  total: DecimalString | null;
  used: DecimalString | null;
  /** Credits left after all reported use, also pending use; negative when overdrawn. `used + remaining = total`. */
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
  /** Set when the amounts are of a snapshot, because the provider does not respond. */
  stale: Stale | null;
  freshness: Freshness;
}

export const LEDGER_KINDS = ['grant', 'consumption', 'adjustment', 'expiration'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

export const LEDGER_GROUPINGS = ['day'] as const;
/** What consumption of the ledger can be grouped by. */
export type LedgerGrouping = (typeof LEDGER_GROUPINGS)[number];

/** The day of an item that is the consumption of a day: its rows are those of `kind=consumption` from `start` to `end`. */
export interface LedgerDay {
  /** `[start, end)`: the local day of the request's zone, cut to its `from` and `to`. */
  start: Instant;
  end: Instant;
  /** Consumption rows of the day; they add up to the item's `amount`. */
  entries: number;
  /** Calls recorded of the user that day; `null` before the first one, and for a token of some projects. */
  calls: number | null;
}

/** One row of the ledger; all rows sum to the balance. */
export interface LedgerEntry {
  id: string;
  kind: LedgerKind;
  /** Signed: what the row adds to the balance. */
  amount: DecimalString;
  /** Balance after this row; `null` where it is unknown. */
  balanceAfter: DecimalString | null;
  description: string | null;
  occurredAt: Instant;
  /** When the credits of a grant end; `null` if never or not a grant. */
  expiresAt: Instant | null;
  /** What is left of a grant, 0 once it ended; `null` where the provider does not say, and of other kinds. */
  remaining?: DecimalString | null | undefined;
  category: string | null;
  /** `https` only. */
  url: string | null;
  /**
   * With `groupBy=day`, of consumption that is a day and not a row: `amount` is the exact sum of the day's rows, and
   * `occurredAt` and `balanceAfter` are those of the newest of them.
   */
  day?: LedgerDay | undefined;
}

/**
 * Whether all rows of the user, regardless of the filter, sum to the balance: `rows + pending + unexplained = balance`.
 */
export interface LedgerSum {
  balance: DecimalString;
  rows: DecimalString;
  /** Use that is reported and has no row yet; zero or negative. */
  pending: DecimalString;
  /** The difference that no row and no pending use explains; `null` when there are too many rows to sum. */
  unexplained: DecimalString | null;
}

/** A grant that ends, with what is left of it. */
export interface ExpiringGrant {
  id: string;
  description: string | null;
  remaining: DecimalString;
  expiresAt: Instant;
}

/** What is left of all grants of the user, regardless of the filter. */
export interface LedgerGrants {
  /** The sum of what is left of each: the balance before pending use. */
  remaining: DecimalString;
  /** Of those with anything left, the one that ends first; `null`: none ends. */
  nextToExpire: ExpiringGrant | null;
}

/** `GET /quota-details`, newest first; the order of rows of the same instant is the same on all pages. */
export interface QuotaDetails {
  /** Rows; with `groupBy=day`, days of consumption and the other rows. */
  items: LedgerEntry[];
  /** Items of all pages. */
  total: number;
  page: number;
  pageSize: number;
  currency: Currency | null;
  status: QuotaStatus;
  /** Set when the status is `unavailable`. */
  reason: UnavailableReason | null;
  /** `null` when the provider does not report a balance. */
  sum: LedgerSum | null;
  /** `null` where the provider does not say what is left of each grant, or it is not the balance together. */
  grants?: LedgerGrants | null | undefined;
  /** Set when the page is a cached one, because the provider does not respond. */
  stale: Stale | null;
  freshness: Freshness;
}
