import type { AlertScope, BudgetMetric, DecimalString, Instant } from '../../contract/index.js';

/** The call that a host is about to make. */
export interface LimitRequest {
  userDid: string;
  /** @default the project of calls without one */
  appDid?: string | undefined;
  /** @default budgets of a model do not count */
  model?: string | undefined;
}

/** An enforced budget that counts the call. */
export interface LimitBudget {
  id: string;
  name: string;
  metric: BudgetMetric;
  scope: AlertScope;
  /** `null`: unknown; the budget then refuses nothing. */
  spent: DecimalString | null;
  /** By calls in progress of this process. */
  reserved: DecimalString;
  amount: DecimalString;
  /** Whether nothing of it is left: spent and reserved together reach the amount. */
  isUsedUp: boolean;
  resetsAt: Instant;
}

/** Whether a call may be made. */
export interface LimitCheck {
  /** Whether no budget is used up. */
  allowed: boolean;
  /** False: the user's budgets are not in memory yet, and are being read; the call is allowed. */
  known: boolean;
  /** When they were read; `null`: they were not. */
  asOf: Instant | null;
  budgets: LimitBudget[];
}

/** What a call in progress reserves. */
export interface ReserveRequest extends LimitRequest {
  /** What it will spend at most, by the metric of budgets: decimals of at most 10 places, e.g. `{ credits: '0.5' }`. */
  amount: Partial<Record<BudgetMetric, DecimalString>>;
  /** When the reservation ends by itself, milliseconds, 1 to 86400000. @default 600000 */
  deadlineMs?: number;
}

/** A reservation of a call. */
export interface LimitReservation {
  /** False: there are too many reservations, and this one does not count. */
  readonly isCounted: boolean;
  /**
   * Ends it; call this when the call is recorded, or will not be. It counts until the budgets were read again, so that the
   * call is never missing from both. Can be repeated.
   */
  release(): void;
  [Symbol.dispose](): void;
}

/** Whether budgets allow calls, answered from memory. */
export interface UsageLimits {
  /**
   * Says whether the budgets with `enforce` allow a call: in less than a millisecond, from what this process has in memory,
   * which is read again every few seconds while a user is checked, and when this process has recorded calls. So a budget may
   * be exceeded by what other processes spend in these seconds, and by calls that reserve less than they spend.
   *
   * @throws TypeError for a text that names no user or project
   */
  check(request: LimitRequest): LimitCheck;
  /** Reserves what a call in progress will spend, in this process. @throws TypeError that names the member at fault */
  reserve(request: ReserveRequest): LimitReservation;
}
