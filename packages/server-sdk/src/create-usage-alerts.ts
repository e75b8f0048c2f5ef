import { createAlertEvaluator, type AlertEvaluator } from './alerts/alert-evaluator.js';
import { createAlertService, type AlertService } from './alerts/alert-service.js';
import { createHostAlerts } from './alerts/host-alerts.js';
import type { Database } from './db/database.js';
import type { ResolvedRollupOptions } from './options/resolve-options.js';
import type { QuotaService } from './quota/quota-service.js';
import type { RollupHooks } from './rollup/rollup-run.js';
import { createContainedHook } from './runtime/contained-hook.js';

/** The evaluator of alert rules, and what the rollup and the recorder call of it. */
export interface UsageAlerts {
  evaluator: AlertEvaluator;
  hooks: RollupHooks;
  onStored: (userDids: Iterable<string>) => void;
  service: AlertService;
  /** For the host's own code. */
  host: ReturnType<typeof createHostAlerts>;
}

/** Makes evaluator and service of a usage. @param quota `null`: rules of the quota hold their state */
export function createUsageAlerts(
  { alerts, clock, logger, maxLagSeconds, onError }: ResolvedRollupOptions,
  database: Database,
  quota: QuotaService | null,
): UsageAlerts {
  const evaluator = createAlertEvaluator({
    database,
    listHostRules: alerts.listHostRules,
    readQuota: quota && ((userDid, nowMs) => quota.getQuota(userDid, nowMs)),
    maxLagSeconds,
    clock,
    logger,
    onError: createContainedHook('onError', (error) => onError(error, { job: 'alerts' }), logger),
  });
  const { listHostRules, maxRulesPerUser } = alerts;
  const service = createAlertService({
    database,
    listHostRules,
    maxRulesPerUser,
    evaluator,
    logger,
  });
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
    },
  };
}
