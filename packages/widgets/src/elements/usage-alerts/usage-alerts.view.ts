import type { AlertRule } from '@usage-kit/server-sdk/contract';
import { toApproximateNumber } from '../../format/credits.js';
import type { Formatters } from '../../format/intl-cache.js';
import { formatCount } from '../../format/number.js';
import { alertMessages } from '../../locales/en/alerts.js';
import {
  isFiring,
  isSnoozed,
  toRuleBaseView,
  type RuleBaseView,
  type RuleContext,
} from '../../rules/rule-base.view.js';
import {
  formatMetric,
  formatMetricValue,
  formatScope,
  formatThreshold,
  formatWindow,
  isQuotaMetric,
} from '../../view-models/alert-values.js';

/** Where a value is among the levels, as parts of a line, 0 to 1. */
export interface ScaleView {
  /** `null`: the value is unknown. */
  value: number | null;
  levels: readonly number[];
}

/** A rule as it is shown. */
export interface AlertView extends RuleBaseView {
  state: 'firing' | 'ok' | 'unknown' | 'off';
  stateText: string;
  value: string;
  metric: string;
  levels: string;
  scale: ScaleView;
}

/** Part of the line that is left free beyond the largest value. */
const HEADROOM = 1.15;

/** Makes the view of a rule. */
export function toAlertView(rule: AlertRule, context: RuleContext): AlertView {
  const { localizer } = context;
  const { t, formatters } = localizer;
  const state = toState(rule);
  const levels = rule.levels.map(({ threshold }) => formatThreshold(localizer, rule, threshold));
  const fires =
    rule.direction === 'below' ? alertMessages.alertFiresBelow : alertMessages.alertFiresAbove;
  return {
    ...toRuleBaseView(rule, context, listWatched(rule, context)),
    state,
    stateText: t(STATE_TEXTS[state]),
    value: formatMetricValue(localizer, rule, rule.value),
    metric: formatMetric(localizer, rule.metric),
    levels: t(fires, { levels: listTexts(formatters, levels) }),
    scale: toScale(rule),
  };
}

/** Of what, in which period, and of how many calls; the quota is one, and of now. */
function listWatched(
  { metric, scope, window, minCalls }: AlertRule,
  { localizer, nameProject }: RuleContext,
): string[] {
  if (isQuotaMetric(metric)) return [];
  const { t, formatters } = localizer;
  const count = formatCount(formatters, minCalls ?? 0);
  return [
    formatScope(localizer, scope, nameProject),
    formatWindow(localizer, window),
    ...(minCalls === null ? [] : [t(alertMessages.alertFromCalls, { count }, minCalls)]),
  ];
}

/** Rules in the order in which they want to be seen: what fires and was not seen, what fires, the others, what is off. */
export function sortAlerts(rules: readonly AlertRule[], nowMs: number): AlertRule[] {
  const rank = (rule: AlertRule): number => {
    const state = toState(rule);
    if (state === 'firing') return isSnoozed(rule, nowMs) || rule.acknowledgedAt !== null ? 1 : 0;
    return state === 'off' ? 3 : 2;
  };
  return [...rules].sort((a, b) => rank(a) - rank(b));
}

const STATE_TEXTS = {
  firing: alertMessages.alertFiring,
  ok: alertMessages.alertOk,
  unknown: alertMessages.alertUnknown,
  off: alertMessages.alertOff,
};

function toState(rule: AlertRule): AlertView['state'] {
  if (!rule.enabled) return 'off';
  if (isFiring(rule)) return 'firing';
  return rule.levels.some(({ state }) => state === 'ok') ? 'ok' : 'unknown';
}

/** `50 and 5,000`. */
function listTexts({ locale }: Formatters, texts: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(texts);
}

function toScale({ value, levels }: AlertRule): ScaleView {
  const numbers = levels.map(({ threshold }) => toApproximateNumber(threshold));
  const now = value === null ? null : toApproximateNumber(value);
  const max = Math.max(...numbers, now ?? 0) * HEADROOM || 1;
  return { value: now && now / max, levels: numbers.map((level) => level / max) };
}
