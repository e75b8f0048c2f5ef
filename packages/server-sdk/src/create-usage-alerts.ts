import { createAlertEvaluator, type AlertEvaluator } from './alerts/alert-evaluator.js';
import { createAlertService, type AlertService } from './alerts/alert-service.js';
import { createHostAlerts, type HostAlerts, type HostBudgets } from './alerts/host-alerts.js';
import { createAlertControl, type AlertControl } from './alerts/delivery/alert-control.js';
import { createAlertDelivery } from './alerts/delivery/create-alert-delivery.js';
import {
  createUsageLimits,
  type StoppableLimits,
} from './alerts/enforcement/create-usage-limits.js';
import { readEnforcedBudgets } from './alerts/enforcement/read-budgets.js';
import { createOutboxPruner, type OutboxPruner } from './alerts/outbox/outbox-pruner.js';
import { RollupAlerts } from './alerts/operators/rollup-alerts.js';
import type { Database } from './db/database.js';
import type { ResolvedRollupOptions } from './options/resolve-options.js';
import type { QuotaService } from './quota/quota-service.js';
import type { WatchedState } from './rollup/rollup-health.js';
import type { RollupHooks } from './rollup/rollup-run.js';
import { createContainedHook } from './runtime/contained-hook.js';

/** The evaluator of alert rules and the deliveries of their events, and what the rollup and the recorder call of it. */
export interface UsageAlerts {
  evaluator: AlertEvaluator;
  hooks: RollupHooks;
  onStored: (userDids: Iterable<string>) => void;
  service: AlertService;
  /** For the host's own code, with what operators see of deliveries. */
  host: { alerts: HostAlerts & AlertControl; budgets: HostBudgets };
  limits: StoppableLimits;
  /** Compares the rollup with the operator's levels; never rejects. */
  onRollupState: (state: WatchedState) => Promise<void>;
  /** Starts evaluations of recorded calls, and deliveries. */
  start: () => void;
  /** Ends both, and resolves when none is in progress. */
  stop: () => Promise<void>;
}

/** Makes evaluator and service of a usage. @param quota `null`: rules of the quota hold their state */
export function createUsageAlerts(
  { alerts, clock, logger, maxLagSeconds, metrics, onError }: ResolvedRollupOptions,
  database: Database,
  quota: QuotaService | null,
): UsageAlerts {
  const toJob = (error: unknown): void => {
    onError(error, { job: 'alerts' });
  };
  const reportError = createContainedHook('onError', toJob, logger);
  const parts = { alerts, clock, metrics, logger, onError: reportError };
  const worker = createAlertDelivery(database, parts);
  const wake = (): void => {
    worker.wake();
  };
  const evaluator = createAlertEvaluator({
    database,
    listHostRules: alerts.listHostRules,
    channels: alerts.channels,
    readQuota: quota && ((userDid, nowMs) => quota.getQuota(userDid, nowMs)),
    maxLagSeconds,
    clock,
    logger,
    onError: reportError,
    onEvents: wake,
  });
  const limits = createLimits({ alerts, clock, logger }, database, reportError);
  const service = createAlertService({ ...alerts, database, evaluator, logger });
  const control = createAlertControl(database, wake);
  const own = createHostAlerts(service, clock, (userDid) => evaluator.evaluate(userDid));
  return {
    evaluator,
    service,
    onRollupState: createRollupWatch({ alerts, clock }, database, { wake, reportError }),
    hooks: createHooks(
      evaluator,
      createOutboxPruner({ database, clock, retention: alerts.retention, onError: reportError }),
    ),
    onStored: (userDids) => {
      evaluator.note(userDids);
      limits.note(userDids);
    },
    limits,
    host: { alerts: { ...own.alerts, ...control }, budgets: own.budgets },
    start: () => {
      evaluator.start();
      worker.start();
    },
    stop: async () => {
      await Promise.all([evaluator.stop(), limits.stop()]);
      await worker.stop();
    },
  };
}

function createHooks(evaluator: AlertEvaluator, pruner: OutboxPruner): RollupHooks {
  return {
    onUserRolledUp: (userDid) => evaluator.evaluateRolledUp(userDid),
    onRolledUp: async (signal) => {
      await evaluator.evaluateDue(signal);
      await pruner.prune(signal);
    },
  };
}

function createLimits(
  { alerts, clock, logger }: Pick<ResolvedRollupOptions, 'alerts' | 'clock' | 'logger'>,
  database: Database,
  onError: (error: unknown) => void,
): StoppableLimits {
  const { listHostRules } = alerts;
  return createUsageLimits({
    readBudgets: (userDid, nowMs) =>
      readEnforcedBudgets({ database, listHostRules }, userDid, nowMs),
    ...{ clock, logger, onError },
  });
}

function createRollupWatch(
  { alerts, clock }: Pick<ResolvedRollupOptions, 'alerts' | 'clock'>,
  database: Database,
  { wake, reportError }: { wake: () => void; reportError: (error: unknown) => void },
): UsageAlerts['onRollupState'] {
  if (alerts.rollup === null) return () => Promise.resolve();
  const watch = new RollupAlerts({ database, settings: alerts.rollup, clock, onEvents: wake });
  return (state) => watch.check(state).catch(reportError);
}
