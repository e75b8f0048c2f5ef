import type { AlertRule } from '@usage-kit/server-sdk/contract';
import { formatInstant } from '../../format/date.js';
import { alertMessages } from '../../locales/en/alerts.js';
import type { Localizer } from '../../locales/localizer.js';
import {
  formatMetric,
  formatMetricValue,
  formatScope,
  formatWindow,
} from '../../view-models/alert-values.js';

/** A rule as it is shown. */
export interface RuleView {
  name: string;
  state: 'firing' | 'ok' | 'unknown' | 'off';
  stateText: string;
  value: string;
  watched: string;
  levels: string;
  notes: readonly string[];
  history: readonly string[];
  isSnoozed: boolean;
  canAcknowledge: boolean;
  /** Rules of the host are not changed here. */
  canEdit: boolean;
}

/** Makes the view of a rule. */
export function toRuleView(
  rule: AlertRule,
  localizer: Localizer,
  { timeZone, nowMs }: { timeZone: string; nowMs: number },
): RuleView {
  const { t, formatters } = localizer;
  const asOf = new Date(nowMs).toISOString();
  const time = (instant: string): string => formatInstant(formatters, instant, timeZone, asOf);
  const value = (text: string | null): string => formatMetricValue(localizer, rule, text);
  const state = toState(rule);
  const isSnoozed = rule.snoozedUntil !== null && Date.parse(rule.snoozedUntil) > nowMs;
  const notes = [
    isSnoozed ? t(alertMessages.alertSnoozed, { time: time(rule.snoozedUntil ?? '') }) : null,
    rule.acknowledgedAt === null ? null : t(alertMessages.alertAcknowledged),
    rule.owner === 'host' ? t(alertMessages.alertOfHost) : null,
  ];
  return {
    name: rule.name,
    state,
    stateText: t(STATE_TEXTS[state]),
    value: t(alertMessages.alertValue, {
      metric: formatMetric(localizer, rule.metric),
      value: value(rule.value),
    }),
    watched: `${formatScope(localizer, rule.scope)}, ${formatWindow(localizer, rule.window)}`,
    levels: t(alertMessages.alertLevels, {
      levels: rule.levels.map(({ threshold }) => value(threshold)).join(', '),
    }),
    notes: notes.filter((note) => note !== null),
    history: rule.history.map((event) =>
      t(event.type === 'cleared' ? alertMessages.alertClearedAt : alertMessages.alertFiredAt, {
        time: time(event.occurredAt),
        level: value(event.threshold),
        value: value(event.value),
      }),
    ),
    isSnoozed,
    canAcknowledge: state === 'firing' && rule.acknowledgedAt === null,
    canEdit: rule.owner === 'user',
  };
}

const STATE_TEXTS = {
  firing: alertMessages.alertFiring,
  ok: alertMessages.alertOk,
  unknown: alertMessages.alertUnknown,
  off: alertMessages.alertOff,
};

function toState({ enabled, levels }: AlertRule): RuleView['state'] {
  if (!enabled) return 'off';
  if (levels.some(({ state }) => state === 'firing')) return 'firing';
  return levels.some(({ state }) => state === 'ok') ? 'ok' : 'unknown';
}
