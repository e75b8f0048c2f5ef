import type { AlertOptions } from '../alerts/alert-options.js';
import { createHostRules, type ListHostRules } from '../alerts/host-rules.js';
import type { Logger } from '../runtime/logger.js';
import { requireInteger } from './resolve-limits.js';

/** The option `alerts` with all defaults. */
export interface ResolvedAlerts {
  /** `null`: the host has no rules. */
  listHostRules: ListHostRules | null;
  maxRulesPerUser: number;
}

/** Checks the option `alerts`. @throws TypeError that names the member at fault */
export function resolveAlerts(
  { rules, maxRulesPerUser = 100 }: AlertOptions,
  logger: Logger,
): ResolvedAlerts {
  return {
    listHostRules: createHostRules(rules, logger),
    maxRulesPerUser: requireInteger('alerts.maxRulesPerUser', maxRulesPerUser, 1, 1000),
  };
}
