import type {
  AlertEvent,
  AlertLevel,
  AlertMetric,
  AlertRule,
  AlertRuleBase,
} from '../../contract/alerts.js';
import { toInstant } from '../../values/time.js';
import type { StoredEvent } from '../outbox/alert-event.js';
import { getPeriod } from './alert-period.js';
import type { Rule, WatchRule } from './alert-rule.js';
import { formatUnits, getDirection } from './amounts.js';
import { RATIO_METRICS } from './rule-definition.js';
import type { RuleState } from './rule-state.js';

/** What is stored of a rule in addition to its definition. */
export interface RuleRecord {
  /** `null` before the first evaluation. */
  state: RuleState | null;
  /** Epoch ms. */
  acknowledgedAtMs: number | null;
  snoozedUntilMs: number | null;
  /** Newest first. */
  events: readonly StoredEvent[];
}

/** The rule as responses have it. @param nowMs when the response is made, epoch ms */
export function toAlertRule(
  rule: WatchRule,
  record: RuleRecord,
  { nowMs, currency }: { nowMs: number; currency: string },
): AlertRule {
  const period = getPeriod(rule.window, nowMs);
  const { state } = record;
  const isOfPeriod = state !== null && state.fingerprint === rule.fingerprint;
  const startMs = isOfPeriod ? (state.periodMs ?? period.fromMs) : period.fromMs;
  const shown = getPeriod(rule.window, startMs);
  const endMs = period.toMs === null ? null : shown.toMs;
  return {
    kind: 'alert',
    ...toRuleBase(rule, record, nowMs),
    metric: rule.metric,
    direction: getDirection(rule.metric),
    window: rule.window,
    minCalls: RATIO_METRICS.has(rule.metric) ? rule.minCalls : null,
    value: isOfPeriod ? state.value : null,
    currency: rule.metric === 'cost' ? currency : null,
    periodStart: toInstant(startMs),
    periodEnd: endMs === null ? null : toInstant(endMs),
  };
}

/** What responses of all rules have in common. */
export function toRuleBase(rule: Rule, record: RuleRecord, nowMs: number): AlertRuleBase {
  const { acknowledgedAtMs, snoozedUntilMs, events } = record;
  const state = record.state?.fingerprint === rule.fingerprint ? record.state : null;
  const isSnoozed = snoozedUntilMs !== null && snoozedUntilMs > nowMs;
  return {
    id: rule.id,
    name: rule.name,
    owner: rule.owner,
    scope: rule.scope,
    channels: [...rule.channels],
    enabled: rule.enabled,
    snoozedUntil: isSnoozed ? toInstant(snoozedUntilMs) : null,
    acknowledgedAt: toInstantOrNull(acknowledgedAtMs),
    levels: rule.levels.map(({ label, threshold }, index): AlertLevel => {
      const level = state?.levels[index];
      return {
        label,
        threshold: formatUnits(threshold),
        state: level?.state ?? 'unknown',
        since: toInstantOrNull(level?.sinceMs ?? null),
      };
    }),
    history: events.map(toEventResponse),
    createdAt: toInstantOrNull(rule.createdAtMs),
    updatedAt: toInstantOrNull(rule.updatedAtMs),
    evaluatedAt: toInstantOrNull(state?.evaluatedAtMs ?? null),
  };
}

function toInstantOrNull(ms: number | null): string | null {
  return ms === null ? null : toInstant(ms);
}

/** Metric and scope are what an evaluation wrote. */
function toEventResponse(event: StoredEvent): AlertEvent {
  return {
    id: event.id,
    ruleId: event.ruleId,
    type: event.type,
    name: event.name,
    metric: event.metric as AlertMetric,
    scope: event.scope,
    level: event.level,
    threshold: event.threshold,
    value: event.value,
    periodStart: toInstantOrNull(event.periodStartMs),
    occurredAt: toInstant(event.occurredAtMs),
  };
}
