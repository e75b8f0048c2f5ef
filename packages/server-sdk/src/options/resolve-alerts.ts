import type { AlertOptions, AlertRetentionOptions } from '../alerts/alert-options.js';
import { resolveChannels, type ResolvedChannels } from '../alerts/delivery/resolve-channels.js';
import { createHostRules, type ListHostRules } from '../alerts/host-rules.js';
import type { AlertRetention } from '../alerts/outbox/outbox-pruner.js';
import type { Logger } from '../runtime/logger.js';
import { requireInteger } from './resolve-limits.js';

/** The option `alerts` with all defaults. */
export interface ResolvedAlerts extends ResolvedChannels {
  /** `null`: the host has no rules. */
  listHostRules: ListHostRules | null;
  maxRulesPerUser: number;
  retention: AlertRetention;
}

/** Checks the option `alerts`. @param maxLagSeconds of the rollup @throws TypeError that names the member at fault */
export function resolveAlerts(
  options: AlertOptions,
  maxLagSeconds: number,
  logger: Logger,
): ResolvedAlerts {
  const { rules, maxRulesPerUser = 100 } = options;
  const channels = resolveChannels(options, maxLagSeconds);
  return {
    ...channels,
    listHostRules: createHostRules(rules, channels.channels, logger),
    maxRulesPerUser: requireInteger('alerts.maxRulesPerUser', maxRulesPerUser, 1, 1000),
    retention: resolveRetention(options.retention ?? {}),
  };
}

function resolveRetention({
  eventDays = 400,
  deliveredDays = 30,
}: AlertRetentionOptions): AlertRetention {
  requireInteger('alerts.retention.eventDays', eventDays, 31, 36_500);
  requireInteger('alerts.retention.deliveredDays', deliveredDays, 1, eventDays);
  return { eventDays, deliveredDays };
}
