import type { AlertScope, BudgetMetric } from '../../contract/alerts.js';

/** Which calls a budget counts, of the call that is asked for. */
export interface CallScope {
  appDid: string;
  /** `null`: not known. */
  model: string | null;
}

/** What a call in progress will spend at most. */
export interface Reservation extends CallScope {
  /** Units of 1e-10. */
  amounts: ReadonlyMap<BudgetMetric, bigint>;
  /** When it ends by itself, epoch ms. */
  expiresAtMs: number;
  /** Counts reads of the user's budgets: it ends with one that began later; `null`: not released. */
  releasedAt: number | null;
}

/** Of one user. */
const MAX_OF_USER = 5000;
/** Of all users. */
const MAX_OF_ALL = 100_000;

/** What the calls of one project and model have reserved together. */
interface Group extends CallScope {
  amounts: Map<BudgetMetric, bigint>;
  reservations: number;
}

/** The reservations of a user. Their sums are kept up to date, because a check has no time to add up thousands. */
interface UserReservations {
  all: Set<Reservation>;
  groups: Map<string, Group>;
  /** No reservation ends by itself before it, epoch ms. */
  nextExpiryMs: number;
}

/** What calls in progress of this process have reserved, by user. */
export class Reservations {
  readonly #byUser = new Map<string, UserReservations>();
  #count = 0;

  /** Adds one. @returns false when there are too many, and it does not count */
  add(userDid: string, reservation: Reservation): boolean {
    const user = this.#byUser.get(userDid) ?? createUserReservations();
    if (user.all.size >= MAX_OF_USER || this.#count >= MAX_OF_ALL) return false;
    user.all.add(reservation);
    user.nextExpiryMs = Math.min(user.nextExpiryMs, reservation.expiresAtMs);
    addToGroup(user, reservation, 1n);
    this.#byUser.set(userDid, user);
    this.#count += 1;
    return true;
  }

  /** Adds up what is reserved of a metric by calls that a scope counts. @returns units of 1e-10 */
  sum(userDid: string, scope: AlertScope, metric: BudgetMetric): bigint {
    let sum = 0n;
    for (const group of this.#byUser.get(userDid)?.groups.values() ?? []) {
      if (isInScope(scope, group)) sum += group.amounts.get(metric) ?? 0n;
    }
    return sum;
  }

  /** Removes those that are over. */
  removeExpired(userDid: string, nowMs: number): void {
    const user = this.#byUser.get(userDid);
    if (user && user.nextExpiryMs <= nowMs) {
      this.#remove(userDid, user, ({ expiresAtMs }) => expiresAtMs <= nowMs);
    }
  }

  /** Removes those that were released before a read began, which counts their calls. */
  removeCounted(userDid: string, readAt: number): void {
    const user = this.#byUser.get(userDid);
    if (!user) return;
    this.#remove(userDid, user, ({ releasedAt }) => releasedAt !== null && releasedAt < readAt);
  }

  /** Removes all of a user. */
  forget(userDid: string): void {
    this.#count -= this.#byUser.get(userDid)?.all.size ?? 0;
    this.#byUser.delete(userDid);
  }

  /** Users with reservations. */
  users(): Iterable<string> {
    return this.#byUser.keys();
  }

  #remove(
    userDid: string,
    user: UserReservations,
    isOver: (reservation: Reservation) => boolean,
  ): void {
    user.nextExpiryMs = Infinity;
    for (const reservation of user.all) {
      if (isOver(reservation)) {
        user.all.delete(reservation);
        addToGroup(user, reservation, -1n);
        this.#count -= 1;
      } else {
        user.nextExpiryMs = Math.min(user.nextExpiryMs, reservation.expiresAtMs);
      }
    }
    if (user.all.size === 0) this.#byUser.delete(userDid);
  }
}

function createUserReservations(): UserReservations {
  return { all: new Set(), groups: new Map(), nextExpiryMs: Infinity };
}

/** Adds a reservation to the sums of its project and model, or takes it out of them. */
function addToGroup(
  { groups }: UserReservations,
  { appDid, model, amounts }: Reservation,
  sign: 1n | -1n,
): void {
  const key = JSON.stringify([appDid, model]);
  const group = groups.get(key) ?? { appDid, model, amounts: new Map(), reservations: 0 };
  for (const [metric, amount] of amounts) {
    group.amounts.set(metric, (group.amounts.get(metric) ?? 0n) + sign * amount);
  }
  group.reservations += Number(sign);
  if (group.reservations === 0) groups.delete(key);
  else groups.set(key, group);
}

/** Whether a scope counts a call; of a call whose model is not known, none of a model does. */
export function isInScope(scope: AlertScope, { appDid, model }: CallScope): boolean {
  if (scope.kind === 'account') return true;
  return scope.kind === 'project' ? scope.appDid === appDid : scope.model === model;
}
