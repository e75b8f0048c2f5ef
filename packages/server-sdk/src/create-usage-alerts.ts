import { createAlertEvaluator, type AlertEvaluator } from './alerts/alert-evaluator.js';
import { createAlertService, type AlertService } from './alerts/alert-service.js';
import { createHostAlerts } from './alerts/host-alerts.js';
import { createAlertControl, type AlertControl } from './alerts/delivery/alert-control.js';
import { createAlertDelivery } from './alerts/delivery/create-alert-delivery.js';
import {
  createUsageLimits,
  type StoppableLimits,
} from './alerts/enforcement/create-usage-limits.js';
import { readEnforcedBudgets } from './alerts/enforcement/read-budgets.js';
import type { Database } from './db/database.js';
import type { ResolvedRollupOptions } from './options/resolve-options.js';
import type { QuotaService } from './quota/quota-service.js';
import type { RollupHooks } from './rollup/rollup-run.js';
import { createContainedHook } from './runtime/contained-hook.js';

/** The evaluator of alert rules and the deliveries of their events, and what the rollup and the recorder call of it. */
export interface UsageAlerts {
  evaluator: AlertEvaluator;
  hooks: RollupHooks;
  onStored: (userDids: Iterable<string>) => void;
  service: AlertService;
  /** For the host's own code. */
  host: ReturnType<typeof createHostAlerts>;
  /** What operators see of deliveries. */
  control: AlertControl;
  limits: StoppableLimits;
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
  const evaluator = createAlertEvaluator({
    database,
    listHostRules: alerts.listHostRules,
    readQuota: quota && ((userDid, nowMs) => quota.getQuota(userDid, nowMs)),
    maxLagSeconds,
    clock,
    logger,
    onError: reportError,
    onEvents: () => {
      worker.wake();
    },
  });
  const { listHostRules, maxRulesPerUser } = alerts;
  const limits = createUsageLimits({
    readBudgets: (userDid, nowMs) =>
      readEnforcedBudgets({ database, listHostRules }, userDid, nowMs),
    ...{ clock, logger, onError: reportError },
  });
  const rules = { database, listHostRules, maxRulesPerUser };
  const service = createAlertService({ ...rules, evaluator, logger });
  return {
    evaluator,
    service,
    host: createHostAlerts(service, clock, (userDid) => evaluator.evaluate(userDid)),
    hooks: {
      onUserRolledUp: (userDid) => evaluator.evaluateRolledUp(userDid),
      onRolledUp: (signal) => evaluator.evaluateDue(signal),
    },
    onStored: (userDids) => {
      evaluator.note(userDids);
      limits.note(userDids);
    },
    limits,
    control: createAlertControl(database, () => {
      worker.wake();
    }),
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
