import type { AlertEventType, AlertScope, DecimalString, Instant } from '../../contract/index.js';
import { toInstant } from '../../values/time.js';
import { OPERATOR, type StoredEvent, type WatchedMetric } from '../outbox/alert-event.js';

/** What `onAlert` and webhooks of the host receive: a crossing of a level. May come more than once with the same id. */
export interface AlertNotification {
  /** The same in every repetition. */
  id: string;
  /** `null`: a rule of the operator. */
  userDid: string | null;
  ruleId: string;
  type: AlertEventType;
  /** The rule's name, as its owner wrote it. */
  name: string;
  metric: WatchedMetric;
  scope: AlertScope;
  level: string;
  threshold: DecimalString;
  /** The value that crossed; `null`: not known. */
  value: DecimalString | null;
  /** `null` for rolling windows. */
  periodStart: Instant | null;
  occurredAt: Instant;
}

/** A stored event as the host receives it. */
export function toNotification(event: StoredEvent): AlertNotification {
  const { userDid, periodStartMs, occurredAtMs, ...rest } = event;
  return {
    id: rest.id,
    userDid: userDid === OPERATOR ? null : userDid,
    ruleId: rest.ruleId,
    type: rest.type,
    name: rest.name,
    metric: rest.metric,
    scope: rest.scope,
    level: rest.level,
    threshold: rest.threshold,
    value: rest.value,
    periodStart: periodStartMs === null ? null : toInstant(periodStartMs),
    occurredAt: toInstant(occurredAtMs),
  };
}
