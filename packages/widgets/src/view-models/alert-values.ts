import type {
  AlertMetric,
  AlertScope,
  AlertWindow,
  BudgetMetric,
} from '@usage-kit/server-sdk/contract';
import { formatCredits, toApproximateNumber } from '../format/credits.js';
import { formatDuration } from '../format/duration.js';
import { formatMoney } from '../format/money.js';
import { formatCount, formatRatio } from '../format/number.js';
import { alertMessages } from '../locales/en/alerts.js';
import type { Localizer } from '../locales/localizer.js';
import type { MessageDefinition } from '../locales/messages.js';
import { lookUp } from '../utils/look-up.js';

/** Names of metrics that add up over a period, which a budget can limit. */
export const BUDGET_METRIC_NAMES: Readonly<Record<BudgetMetric, MessageDefinition>> = {
  credits: alertMessages.metricCredits,
  cost: alertMessages.metricCost,
  calls: alertMessages.metricCalls,
  tokens: alertMessages.metricTokens,
};

/** Names of metrics. */
export const METRIC_NAMES: Readonly<Record<AlertMetric, MessageDefinition>> = {
  ...BUDGET_METRIC_NAMES,
  errorRate: alertMessages.metricErrorRate,
  p95DurationMs: alertMessages.metricP95,
  remaining: alertMessages.metricRemaining,
  daysRemaining: alertMessages.metricDaysRemaining,
};

const QUOTA_METRICS: readonly string[] = ['remaining', 'daysRemaining'];

/** Whether a metric is of the account and of no period. */
export const isQuotaMetric = (metric: string): boolean => QUOTA_METRICS.includes(metric);

/** Name of a metric; of one that a newer server has, the metric itself. */
export function formatMetric({ t }: Localizer, metric: string): string {
  const name = lookUp(METRIC_NAMES, metric);
  return name === undefined ? metric : t(name);
}

/** A value of a metric with its unit; a dash for an unknown one. */
export function formatMetricValue(
  { formatters }: Localizer,
  { metric, currency }: { metric: string; currency: string | null },
  value: string | null,
): string {
  if (value === null) return '–';
  if (metric === 'credits' || metric === 'remaining') return formatCredits(formatters, value);
  if (metric === 'cost')
    return formatMoney(formatters, { amount: value, currency: currency ?? 'USD' });
  const number = toApproximateNumber(value);
  if (metric === 'errorRate') return formatRatio(formatters, number);
  return metric === 'p95DurationMs'
    ? formatDuration(formatters, number)
    : formatCount(formatters, number);
}

/** The value of a level: as it was written, a ratio without digits that say nothing. */
export function formatThreshold(
  localizer: Localizer,
  rule: { metric: string; currency: string | null },
  threshold: string,
): string {
  if (rule.metric !== 'errorRate') return formatMetricValue(localizer, rule, threshold);
  return localizer.formatters
    .number({ style: 'percent', maximumFractionDigits: 4 })
    .format(toApproximateNumber(threshold));
}

/** What a rule watches. @param nameProject gives the name of a project */
export function formatScope(
  { t }: Localizer,
  scope: AlertScope,
  nameProject: (appDid: string) => string,
): string {
  if (scope.kind === 'project') return nameProject(scope.appDid);
  return scope.kind === 'model' ? scope.model : t(alertMessages.alertScopeAccount);
}

const UNITS: Readonly<Record<string, MessageDefinition>> = {
  day: alertMessages.alertWindowDay,
  week: alertMessages.alertWindowWeek,
  month: alertMessages.alertWindowMonth,
};

/** The window of a rule. */
export function formatWindow({ t, formatters }: Localizer, window: AlertWindow): string {
  if (window.kind === 'rolling') {
    const count = formatCount(formatters, window.hours);
    return t(alertMessages.alertWindowRolling, { count }, window.hours);
  }
  const unit = lookUp(UNITS, window.unit);
  return unit === undefined ? '' : t(unit);
}
