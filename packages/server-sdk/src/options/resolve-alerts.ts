import type { AlertOptions } from '../alerts/alert-options.js';
import { resolveChannels, type ResolvedChannels } from '../alerts/delivery/resolve-channels.js';
import { createHostRules, type ListHostRules } from '../alerts/host-rules.js';
import type { Logger } from '../runtime/logger.js';
import { requireInteger } from './resolve-limits.js';

/** The option `alerts` with all defaults. */
export interface ResolvedAlerts extends ResolvedChannels {
  /** `null`: the host has no rules. */
  listHostRules: ListHostRules | null;
  maxRulesPerUser: number;
}

/** Checks the option `alerts`. @param maxLagSeconds of the rollup @throws TypeError that names the member at fault */
export function resolveAlerts(
  options: AlertOptions,
  maxLagSeconds: number,
  logger: Logger,
): ResolvedAlerts {
  const { rules, maxRulesPerUser = 100 } = options;
  return {
    ...resolveChannels(options, maxLagSeconds),
    listHostRules: createHostRules(rules, logger),
    maxRulesPerUser: requireInteger('alerts.maxRulesPerUser', maxRulesPerUser, 1, 1000),
  };
}
