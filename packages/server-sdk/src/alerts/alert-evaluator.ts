import type { Logger } from '../runtime/logger.js';
import type { Clock } from '../runtime/clock.js';
import { startInterval } from '../runtime/wait.js';
import { withoutTransaction } from '../db/transaction.js';
import { MINUTE_MS } from '../values/time.js';
import { LRUCache } from 'lru-cache';
import {
  evaluateUser,
  type EvaluationDependencies,
  type EvaluationReport,
} from './evaluate-user.js';
import { filterRuleOwners, readDueAlerts } from './rule-store.js';

/** Settings of an evaluator. */
export interface AlertEvaluatorOptions extends EvaluationDependencies {
  clock: Clock;
  logger: Logger;
  /** Receives errors of evaluations in the background. */
  onError: (error: unknown) => void;
}

/** Evaluates the alert rules of users: those whose calls changed, and those that are due without calls. */
export interface AlertEvaluator {
  /** Evaluates a user now. @throws StatementError when the database fails */
  evaluate(userDid: string): Promise<EvaluationReport>;
  /** Evaluates a user that the rollup has just rolled up; never rejects. */
  evaluateRolledUp(userDid: string): Promise<void>;
  /** Evaluates users whose rules are due, the longest due first; never rejects. */
  evaluateDue(signal?: AbortSignal): Promise<void>;
  /** Notes users whose calls were stored: they are evaluated within seconds, once {@link start} was called. */
  note(userDids: Iterable<string>): void;
  /** Starts the evaluation of noted users. */
  start(): void;
  /** Ends it, and resolves when no evaluation is in progress. */
  stop(): Promise<void>;
}

/** Noted users are looked at so often. */
const TICK_MS = 1000;
/** Ticks between two evaluations of the same user. */
const TICKS_PER_EVALUATION = 5;
/** Users that are noted at most; more are left to the rollup. */
const MAX_NOTED_USERS = 10_000;
/** Users whose rules are due, of one run of the rollup. */
const MAX_DUE_USERS = 1000;
/** A provider is asked for the quota of a user at most so often by evaluations. */
const QUOTA_INTERVAL_MS = MINUTE_MS;

/** Makes an evaluator; one for each process. */
export function createAlertEvaluator(options: AlertEvaluatorOptions): AlertEvaluator {
  const { database, clock, onError } = options;
  const deps = { ...options, readQuota: limitQuotaReads(options.readQuota) };
  const live = new LiveUsers(options, (userDid) => contain(() => evaluate(userDid)));
  const evaluate = (userDid: string): Promise<EvaluationReport> =>
    evaluateUser(deps, userDid, clock.now());
  const contain = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      onError(error);
    }
  };
  return {
    evaluate,
    evaluateRolledUp: (userDid) => contain(() => evaluate(userDid)),
    evaluateDue: (signal) =>
      contain(async () => {
        const nowMs = clock.now();
        const due = await readDueAlerts(withoutTransaction(database), nowMs, MAX_DUE_USERS);
        for (const userDid of due) {
          if (signal?.aborted) return;
          await contain(() => evaluate(userDid));
        }
      }),
    note: (userDids) => {
      live.note(userDids);
    },
    start: () => {
      live.start();
    },
    stop: () => live.stop(),
  };
}

type ReadQuota = NonNullable<EvaluationDependencies['readQuota']>;

/** Reads a quota at most once a minute; in between there is none, and rules hold. */
function limitQuotaReads(readQuota: ReadQuota | null): EvaluationDependencies['readQuota'] {
  if (readQuota === null) return null;
  const readAt = new LRUCache<string, { atMs: number; quota: ReturnType<ReadQuota> }>({
    max: MAX_NOTED_USERS,
  });
  return (userDid, nowMs) => {
    const known = readAt.get(userDid);
    if (known && Math.abs(nowMs - known.atMs) < QUOTA_INTERVAL_MS) return known.quota;
    const quota = readQuota(userDid, nowMs);
    readAt.set(userDid, { atMs: nowMs, quota });
    quota.catch(() => readAt.delete(userDid));
    return quota;
  };
}

/** Users whose calls were stored, each evaluated at most once in five seconds. */
class LiveUsers {
  readonly #options: AlertEvaluatorOptions;
  readonly #evaluate: (userDid: string) => Promise<void>;
  /** Users in the order they were noted, and the tick from which they may be evaluated. */
  readonly #noted = new Map<string, number>();
  /** The tick of the last evaluation of users that may have to wait. */
  readonly #evaluated = new Map<string, number>();
  #tick = 0;
  #end: (() => void) | null = null;
  #work: Promise<void> | null = null;
  #isFull = false;

  constructor(options: AlertEvaluatorOptions, evaluate: (userDid: string) => Promise<void>) {
    this.#options = options;
    this.#evaluate = evaluate;
  }

  note(userDids: Iterable<string>): void {
    if (this.#end === null) return;
    for (const userDid of userDids) {
      if (this.#noted.has(userDid)) continue;
      if (this.#noted.size >= MAX_NOTED_USERS) {
        this.#reportFull();
        return;
      }
      const lastTick = this.#evaluated.get(userDid) ?? -TICKS_PER_EVALUATION;
      this.#noted.set(userDid, Math.max(this.#tick + 1, lastTick + TICKS_PER_EVALUATION));
    }
  }

  start(): void {
    this.#end ??= startInterval(TICK_MS, () => {
      this.#onTick();
    });
  }

  async stop(): Promise<void> {
    this.#end?.();
    this.#end = null;
    this.#noted.clear();
    await this.#work;
  }

  #onTick(): void {
    this.#tick += 1;
    for (const [userDid, tick] of this.#evaluated) {
      if (tick + TICKS_PER_EVALUATION <= this.#tick) this.#evaluated.delete(userDid);
    }
    if (this.#work !== null || this.#noted.size === 0) return;
    this.#work = this.#evaluateNoted()
      .catch(this.#options.onError)
      .finally(() => {
        this.#work = null;
      });
  }

  async #evaluateNoted(): Promise<void> {
    const due = [...this.#noted].filter(([, tick]) => tick <= this.#tick).map(([user]) => user);
    // Removed first: calls that are stored from now on note their user again.
    for (const userDid of due) this.#noted.delete(userDid);
    const { database, listHostRules } = this.#options;
    const users =
      listHostRules === null ? await filterRuleOwners(withoutTransaction(database), due) : due;
    for (const userDid of users) {
      if (this.#end === null) return;
      this.#evaluated.set(userDid, this.#tick);
      await this.#evaluate(userDid);
    }
    this.#isFull = false;
  }

  #reportFull(): void {
    if (this.#isFull) return;
    this.#isFull = true;
    this.#options.logger.warn('Alert rules of further users wait for the rollup', {
      notedUsers: MAX_NOTED_USERS,
    });
  }
}
