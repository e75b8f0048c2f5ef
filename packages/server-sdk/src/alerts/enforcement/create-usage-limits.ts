import { LRUCache } from 'lru-cache';
import { BUDGET_METRICS, type BudgetMetric } from '../../contract/alerts.js';
import { UNASSIGNED_APP_DID } from '../../contract/common.js';
import type { Clock } from '../../runtime/clock.js';
import type { Logger } from '../../runtime/logger.js';
import { runDetached } from '../../runtime/request-signal.js';
import { startInterval } from '../../runtime/wait.js';
import { MINUTE_MS, SECOND_MS, UTC_DAY_MS, toInstant } from '../../values/time.js';
import { isIdentifier, isUserDid, MAX_DID_LENGTH } from '../../values/user-did.js';
import { formatUnits, parseUnits } from '../model/amounts.js';
import type { EnforcedBudget } from './read-budgets.js';
import { isInScope, Reservations, type CallScope, type Reservation } from './reservations.js';
import type {
  LimitBudget,
  LimitCheck,
  LimitRequest,
  ReserveRequest,
  UsageLimits,
} from './usage-limits.js';

/** What limits need. */
export interface UsageLimitsOptions {
  /** Reads the enforced budgets of a user. */
  readBudgets: (userDid: string, nowMs: number) => Promise<readonly EnforcedBudget[]>;
  clock: Clock;
  logger: Logger;
  /** Receives errors of reads in the background. Must not throw. */
  onError: (error: unknown) => void;
}

/** Limits, and what keeps them up to date. */
export interface StoppableLimits extends UsageLimits {
  /** Notes users whose calls this process has recorded. */
  note(userDids: Iterable<string>): void;
  /** Forgets a user. */
  forget(userDid: string): void;
  /** Reads no more, and resolves when no read is in progress. */
  stop(): Promise<void>;
}

/** Users whose budgets are in memory; the one that was checked the longest ago goes first. */
const MAX_USERS = 10_000;
/** How often budgets of users that are checked are read again. */
const MAX_AGE_MS = 3 * SECOND_MS;
/** For how long after a check. */
const CHECKED_MS = MINUTE_MS;
const TICK_MS = SECOND_MS;
const MAX_CONCURRENT_READS = 4;
const DEFAULT_DEADLINE_MS = 10 * MINUTE_MS;
const MAX_MODEL_LENGTH = 255;

interface UserBudgets {
  budgets: readonly ReadBudget[];
  /** `null`: not read yet. */
  readAtMs: number | null;
  checkedAtMs: number;
  /** Whether calls were recorded, or reservations released, since the last read began. */
  isStale: boolean;
}

/** Makes limits; they read nothing before a check. */
export function createUsageLimits(options: UsageLimitsOptions): StoppableLimits {
  const memory = new BudgetMemory(options);
  const { clock, logger } = options;
  return {
    check: (request) => {
      const scope = toCallScope(request);
      return memory.check(request.userDid, scope);
    },
    reserve: (request) => {
      const scope = toCallScope(request);
      const reservation: Reservation = {
        ...scope,
        amounts: toAmounts(request.amount),
        expiresAtMs: clock.now() + toDeadlineMs(request),
        releasedAt: null,
      };
      const isCounted = memory.reservations.add(request.userDid, reservation);
      if (!isCounted) logger.warn('Too many calls have reservations; this one does not count');
      const release = (): void => {
        if (isCounted) memory.release(request.userDid, reservation);
      };
      return { isCounted, release, [Symbol.dispose]: release };
    },
    note: (userDids) => {
      for (const userDid of userDids) memory.note(userDid);
    },
    forget: (userDid) => {
      memory.forget(userDid);
    },
    stop: () => memory.stop(),
  };
}

/** What a check says of a budget that does not change until it is read again: to write a hundred amounts takes a third of a millisecond. */
interface ReadBudget extends EnforcedBudget {
  shown: Omit<LimitBudget, 'reserved' | 'isUsedUp'>;
}

function toReadBudget(budget: EnforcedBudget): ReadBudget {
  const { id, name, metric, scope, spent, amount, resetsAtMs } = budget;
  const shown = {
    ...{ id, name, metric, scope },
    spent: spent === null ? null : formatUnits(spent),
    amount: formatUnits(amount),
    resetsAt: toInstant(resetsAtMs),
  };
  return { ...budget, shown };
}

/** Budgets of users that are checked, and what of them is reserved. */
class BudgetMemory {
  readonly reservations = new Reservations();
  readonly #options: UsageLimitsOptions;
  readonly #users = new LRUCache<string, UserBudgets>({ max: MAX_USERS });
  readonly #reading = new Map<string, Promise<void>>();
  /** Counts reads. */
  #reads = 0;
  #endInterval: (() => void) | null = null;
  #isStopped = false;

  constructor(options: UsageLimitsOptions) {
    this.#options = options;
  }

  check(userDid: string, scope: CallScope): LimitCheck {
    const nowMs = this.#options.clock.now();
    const user = this.#users.get(userDid) ?? this.#add(userDid);
    user.checkedAtMs = nowMs;
    this.reservations.removeExpired(userDid, nowMs);
    const { readAtMs, budgets } = user;
    // Of a period that is over nothing is known of the next one.
    const isKnown = readAtMs !== null && budgets.every(({ resetsAtMs }) => resetsAtMs > nowMs);
    if (!isKnown) {
      this.#read(userDid, user);
      return { allowed: true, known: false, asOf: null, budgets: [] };
    }
    const counted = budgets
      .filter((budget) => isInScope(budget.scope, scope))
      .map((budget) => this.#describe(userDid, budget));
    return {
      allowed: !counted.some(({ isUsedUp }) => isUsedUp),
      known: true,
      asOf: toInstant(readAtMs),
      budgets: counted,
    };
  }

  release(userDid: string, reservation: Reservation): void {
    reservation.releasedAt ??= this.#reads;
    this.note(userDid);
  }

  note(userDid: string): void {
    const user = this.#users.peek(userDid);
    if (user) user.isStale = true;
  }

  forget(userDid: string): void {
    this.#users.delete(userDid);
    this.reservations.forget(userDid);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#endInterval?.();
    await Promise.all(this.#reading.values());
  }

  #add(userDid: string): UserBudgets {
    const user = { budgets: [], readAtMs: null, checkedAtMs: 0, isStale: true };
    this.#users.set(userDid, user);
    if (!this.#isStopped) {
      this.#endInterval ??= startInterval(TICK_MS, () => {
        this.#onTick();
      });
    }
    return user;
  }

  #describe(userDid: string, { scope, metric, spent, amount, shown }: ReadBudget): LimitBudget {
    const reserved = this.reservations.sum(userDid, scope, metric);
    const isUsedUp = spent !== null && spent + reserved >= amount;
    return { ...shown, reserved: formatUnits(reserved), isUsedUp };
  }

  #onTick(): void {
    const nowMs = this.#options.clock.now();
    const due: [string, UserBudgets][] = [];
    for (const [userDid, user] of this.#users.entries()) {
      const isChecked = nowMs - user.checkedAtMs < CHECKED_MS;
      const isOld = user.readAtMs === null || nowMs - user.readAtMs >= MAX_AGE_MS;
      if (isChecked && (user.isStale || isOld)) due.push([userDid, user]);
    }
    due.sort(([, a], [, b]) => (a.readAtMs ?? 0) - (b.readAtMs ?? 0));
    for (const [userDid, user] of due) this.#read(userDid, user);
    for (const userDid of this.reservations.users()) {
      this.reservations.removeExpired(userDid, nowMs);
    }
  }

  /** Reads the budgets of a user unless that is in progress, or too many reads are: the next tick or check tries again. */
  #read(userDid: string, user: UserBudgets): void {
    if (this.#isStopped || this.#reading.has(userDid)) return;
    if (this.#reading.size >= MAX_CONCURRENT_READS) return;
    const { readBudgets, clock, onError } = this.#options;
    const nowMs = clock.now();
    this.#reads += 1;
    const readAt = this.#reads;
    user.isStale = false;
    const reading = runDetached(() => readBudgets(userDid, nowMs))
      .then((budgets) => {
        user.budgets = budgets.map(toReadBudget);
        user.readAtMs = nowMs;
        this.reservations.removeCounted(userDid, readAt);
      })
      .catch((error: unknown) => {
        user.isStale = true;
        onError(error);
      })
      .finally(() => {
        this.#reading.delete(userDid);
      });
    this.#reading.set(userDid, reading);
  }
}

/** @throws TypeError that names the member at fault */
function toCallScope({ userDid, appDid = UNASSIGNED_APP_DID, model }: LimitRequest): CallScope {
  if (!isUserDid(userDid)) throw new TypeError('userDid must name a user');
  if (!isIdentifier(appDid, MAX_DID_LENGTH)) throw new TypeError('appDid must name a project');
  if (model !== undefined && !isIdentifier(model, MAX_MODEL_LENGTH)) {
    throw new TypeError('model must be the name of a model');
  }
  return { appDid, model: model ?? null };
}

/** @throws TypeError that names the member at fault */
function toAmounts(amount: ReserveRequest['amount']): Map<BudgetMetric, bigint> {
  if (typeof (amount as unknown) !== 'object' || (amount as unknown) === null) {
    throw new TypeError('amount must be an object such as { credits: "0.5" }');
  }
  const amounts = new Map<BudgetMetric, bigint>();
  for (const [name, text] of Object.entries(amount)) {
    const metric = BUDGET_METRICS.find((known) => known === name);
    if (metric === undefined)
      throw new TypeError(`amount.${name} is none of ${BUDGET_METRICS.join(', ')}`);
    const units = typeof (text as unknown) === 'string' ? parseUnits(text) : null;
    if (units === null || units < 0n) {
      throw new TypeError(`amount.${name} must be a decimal of at most 10 places, 0 or more`);
    }
    amounts.set(metric, units);
  }
  return amounts;
}

/** @throws TypeError that names the member */
function toDeadlineMs({ deadlineMs = DEFAULT_DEADLINE_MS }: ReserveRequest): number {
  if (Number.isInteger(deadlineMs) && deadlineMs >= 1 && deadlineMs <= UTC_DAY_MS)
    return deadlineMs;
  throw new TypeError(`deadlineMs must be an integer from 1 to ${UTC_DAY_MS}`);
}
