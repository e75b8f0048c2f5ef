import { createHash } from 'node:crypto';
import type { AlertChannel } from '../../contract/alerts.js';
import { formatChannel, type NewAlertEvent } from '../outbox/alert-event.js';
import type { Rule } from './alert-rule.js';
import { formatUnits } from './amounts.js';
import type { Crossing } from './rule-state.js';

/** When a crossing was found, and whether its rule is snoozed. */
export interface EventContext {
  nowMs: number;
  /** An event of a snoozed rule goes to the history alone. */
  isSnoozed: boolean;
  /** The channels that the host has. */
  channels: readonly AlertChannel[];
}

/**
 * Makes the event of a crossing. Its id is a hash of all that names the crossing, so that another machine that finds the
 * same one makes the same id.
 */
export function toEvent(
  userDid: string,
  rule: Rule,
  crossing: Crossing,
  { nowMs, isSnoozed, channels }: EventContext,
): NewAlertEvent {
  const { type, level, value, periodMs, sequence } = crossing;
  const known = new Set(channels.map(formatChannel));
  const named = [userDid, rule.id, rule.fingerprint, level.label, periodMs, sequence, type];
  return {
    id: createHash('sha256').update(JSON.stringify(named)).digest('base64url'),
    ruleId: rule.id,
    type,
    metric: rule.metric,
    scope: rule.scope,
    level: level.label,
    value,
    threshold: formatUnits(level.threshold),
    periodStartMs: periodMs,
    occurredAtMs: nowMs,
    name: rule.name,
    channels: isSnoozed ? [] : rule.channels.filter((channel) => known.has(formatChannel(channel))),
  };
}
