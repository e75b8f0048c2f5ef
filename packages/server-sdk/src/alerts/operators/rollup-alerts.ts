import { createHash } from 'node:crypto';
import type { Database } from '../../db/database.js';
import { retryWrites } from '../../db/retry-writes.js';
import { withoutTransaction, writeInTransaction } from '../../db/transaction.js';
import type { Clock } from '../../runtime/clock.js';
import type { ResolvedChannels } from '../delivery/resolve-channels.js';
import { OPERATOR, type NewAlertEvent, type OperatorMetric } from '../outbox/alert-event.js';
import { listEvents, writeEvents } from '../outbox/event-store.js';

/** How the rollup is after a run. */
export interface RollupState {
  /** `null`: there is nothing to roll up. */
  lagSeconds: number | null;
  /** End of the last hour that is rolled up; `null`: none is. */
  rolledUpThrough: string | null;
  /** Of any instance; `null`: none succeeded yet. */
  lastSuccessAt: string | null;
  /** Whether the run of this instance failed; `null`: another instance was at work. */
  hasFailed: boolean | null;
}

/** What alerts of the rollup need. */
export interface RollupAlertDependencies {
  database: Database;
  settings: NonNullable<ResolvedChannels['rollup']>;
  clock: Clock;
  /** Called when events were stored. Must not throw. */
  onEvents: () => void;
}

/** Runs below a level before an alert clears. */
const CLEAR_RUNS = 2;

interface OperatorRule {
  id: string;
  name: string;
  metric: OperatorMetric;
  threshold: number;
}

/**
 * Alerts of the operator: the rollup lags, or its runs fail. Their state is the last event of the outbox, so that a restart
 * and other instances go on from it; ids are of what all instances see, so that they store each crossing once.
 *
 * A database that is down stores no event: `onError` says so.
 */
export class RollupAlerts {
  readonly #deps: RollupAlertDependencies;
  #failures = 0;
  readonly #clearRuns = new Map<string, number>();

  constructor(deps: RollupAlertDependencies) {
    this.#deps = deps;
  }

  /** Compares the state after a run with the levels, and stores what was crossed. @throws StatementError when the database fails */
  async check(state: RollupState): Promise<void> {
    if (state.hasFailed !== null) this.#failures = state.hasFailed ? this.#failures + 1 : 0;
    const { maxLagSeconds, failures } = this.#deps.settings;
    const { lagSeconds, rolledUpThrough, lastSuccessAt } = state;
    await this.#advance(
      {
        id: 'rollup-lag',
        name: 'Rollup lag',
        metric: 'rollupLagSeconds',
        threshold: maxLagSeconds,
      },
      {
        value: lagSeconds ?? 0,
        isBreached: (lagSeconds ?? 0) > maxLagSeconds,
        since: rolledUpThrough,
      },
    );
    await this.#advance(
      {
        id: 'rollup-failures',
        name: 'Rollup failures',
        metric: 'rollupFailures',
        threshold: failures,
      },
      { value: this.#failures, isBreached: this.#failures >= failures, since: lastSuccessAt },
    );
  }

  async #advance(
    rule: OperatorRule,
    { value, isBreached, since }: { value: number; isBreached: boolean; since: string | null },
  ): Promise<void> {
    if (!isBreached && !this.#isClear(rule.id)) return;
    if (isBreached) this.#clearRuns.set(rule.id, 0);
    const { database } = this.#deps;
    const [last] = await listEvents(withoutTransaction(database), OPERATOR, {
      ruleId: rule.id,
      limit: 1,
    });
    const isFiring = last?.type === 'fired';
    if (isFiring === isBreached) return;
    // What all instances see: since when it lags or fails, or the event that is cleared.
    const named = isBreached ? ['fired', since, last?.id ?? null] : ['cleared', last?.id ?? null];
    await this.#store(rule, isBreached ? 'fired' : 'cleared', { value, named });
  }

  /** Counts a run below the level. @returns whether it is the one that clears */
  #isClear(ruleId: string): boolean {
    const runs = (this.#clearRuns.get(ruleId) ?? 0) + 1;
    this.#clearRuns.set(ruleId, runs);
    return runs === CLEAR_RUNS;
  }

  async #store(
    { id, name, metric, threshold }: OperatorRule,
    type: NewAlertEvent['type'],
    { value, named }: { value: number; named: readonly unknown[] },
  ): Promise<void> {
    const { database, settings, clock, onEvents } = this.#deps;
    const event: NewAlertEvent = {
      id: createHash('sha256')
        .update(JSON.stringify([id, ...named]))
        .digest('base64url'),
      ...{ ruleId: id, type, metric, name, scope: { kind: 'account' }, periodStartMs: null },
      ...{ level: String(threshold), threshold: String(threshold), value: String(value) },
      occurredAtMs: clock.now(),
      channels: settings.channels,
    };
    await retryWrites(() =>
      writeInTransaction(database, (transaction) => writeEvents(transaction, OPERATOR, [event])),
    );
    onEvents();
  }
}
