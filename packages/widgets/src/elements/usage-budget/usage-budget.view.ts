import type { Budget } from '@usage-kit/server-sdk/contract';
import { toApproximateNumber } from '../../format/credits.js';
import { formatRatio } from '../../format/number.js';
import { alertMessages } from '../../locales/en/alerts.js';
import type { Localizer } from '../../locales/localizer.js';
import type { MessageDefinition } from '../../locales/messages.js';
import { toRuleBaseView, type RuleBaseView, type RuleContext } from '../../rules/rule-base.view.js';
import {
  formatMetric,
  formatMetricValue,
  formatScope,
  formatWindow,
} from '../../view-models/alert-values.js';

/** A chart of a budget, from 0 to 1 in both directions. */
export interface BudgetChartView {
  /** What it shows, in words. */
  label: string;
  /** What is spent by the end of each day. */
  points: readonly { x: number; y: number }[];
  /** Where the budget is. */
  limit: number;
  limitText: string;
  /** At the end of the period; `null`: none. */
  projection: { amount: number; lowest: number; highest: number } | null;
  firstDay: string;
  lastDay: string;
}

/** A budget as it is shown. */
export interface BudgetView extends RuleBaseView {
  state: string;
  tone: 'good' | 'warning' | 'bad' | 'neutral';
  /** `null`: not enforced. */
  enforced: string | null;
  spent: string;
  amount: string;
  metric: string;
  /** `''`: unknown, as the state says. */
  share: string;
  projection: string;
  /** Of the projection; `''`: none. */
  interval: string;
  chart: BudgetChartView;
}

type State = readonly [tone: BudgetView['tone'], text: MessageDefinition];

/** Free part of the chart above the largest amount, in which the name of the line stands. */
const HEADROOM = 1.25;

/** Makes the view of a budget. */
export function toBudgetView(budget: Budget, context: RuleContext): BudgetView {
  const { localizer } = context;
  const { t, formatters } = localizer;
  const { share, projection, amount, spent, enforce } = budget;
  const value = (text: string | null): string => formatMetricValue(localizer, budget, text);
  const [firstDay, lastDay] = listEdges(localizer, budget);
  const watched = [
    formatScope(localizer, budget.scope, context.nameProject),
    t(alertMessages.budgetPeriod, {
      ...{ window: formatWindow(localizer, budget.window), date: lastDay },
    }),
  ];
  const [tone, state] = toState(budget);
  const refuses = share !== null && share >= 1 && budget.enabled;
  return {
    ...toRuleBaseView(budget, context, watched),
    ...{ tone, state: t(state) },
    enforced: enforce
      ? t(refuses ? alertMessages.budgetRefuses : alertMessages.budgetEnforced)
      : null,
    spent: value(spent),
    amount: t(alertMessages.budgetOf, { amount: value(amount) }),
    metric: formatMetric(localizer, budget.metric),
    share:
      share === null ? '' : t(alertMessages.budgetShare, { share: formatRatio(formatters, share) }),
    ...toProjectionTexts(budget, localizer, lastDay),
    chart: toChart(budget, context.nowMs, {
      ...{ firstDay, lastDay, limitText: t(alertMessages.budgetLine, { amount: value(amount) }) },
      label: t(alertMessages.budgetChart, {
        ...{ spent: value(spent), amount: value(amount), date: lastDay },
      }),
    }),
    ...(projection === null && { interval: '' }),
  };
}

/** Budgets in the order in which they want to be seen: the most used first, then what is off. */
export function sortBudgets(budgets: readonly Budget[]): Budget[] {
  const rank = ({ enabled, share }: Budget): number => (enabled ? (share ?? 0) : -1);
  return [...budgets].sort((a, b) => rank(b) - rank(a));
}

/** First and last day of the period in its own zone; the period ends when the next day begins. */
function listEdges(
  { formatters }: Localizer,
  { periodStart, periodEnd, window }: Budget,
): [string, string] {
  const { timeZone } = window;
  const day = formatters.date({ month: 'short', day: 'numeric', timeZone });
  return [day.format(Date.parse(periodStart)), day.format(Date.parse(periodEnd) - 1)];
}

function toState({ enabled, share, projection, amount }: Budget): State {
  if (!enabled) return ['neutral', alertMessages.alertOff];
  if (share === null) return ['neutral', alertMessages.alertUnknown];
  if (share >= 1) return ['bad', alertMessages.budgetUsedUp];
  const isOver =
    projection !== null && toApproximateNumber(projection.amount) > toApproximateNumber(amount);
  if (isOver) return ['warning', alertMessages.budgetOver];
  return ['good', alertMessages.budgetOnTrack];
}

function toProjectionTexts(
  budget: Budget,
  localizer: Localizer,
  date: string,
): Pick<BudgetView, 'projection' | 'interval'> {
  const { t } = localizer;
  const { projection } = budget;
  if (projection === null) return { projection: t(alertMessages.budgetNoProjection), interval: '' };
  const value = (text: string): string => formatMetricValue(localizer, budget, text);
  const { amount, lowest, highest } = projection;
  return {
    projection: t(alertMessages.budgetProjection, { date, amount: value(amount) }),
    interval: t(alertMessages.budgetInterval, { lowest: value(lowest), highest: value(highest) }),
  };
}

function toChart(
  budget: Budget,
  nowMs: number,
  texts: Pick<BudgetChartView, 'label' | 'limitText' | 'firstDay' | 'lastDay'>,
): BudgetChartView {
  const { series, projection, periodStart, periodEnd } = budget;
  const amount = toApproximateNumber(budget.amount);
  const spent = toApproximateNumber(budget.spent ?? '0');
  const highest = projection === null ? 0 : toApproximateNumber(projection.highest);
  const top = Math.max(amount * HEADROOM, spent * 1.08, highest * 1.08) || 1;
  const [startMs, endMs] = [Date.parse(periodStart), Date.parse(periodEnd)];
  // The last day is not over: what is spent of it is spent by now.
  const points = series.flatMap(({ end, spent: text }, index) => {
    const isLast = index === series.length - 1;
    const atMs = Math.min(Date.parse(end), isLast ? Math.max(nowMs, startMs) : Infinity);
    const x = Math.min(1, (atMs - startMs) / (endMs - startMs));
    return text === null ? [] : [{ x, y: toApproximateNumber(text) / top }];
  });
  return {
    ...texts,
    points: [{ x: 0, y: 0 }, ...points],
    limit: amount / top,
    projection: projection && {
      amount: toApproximateNumber(projection.amount) / top,
      lowest: toApproximateNumber(projection.lowest) / top,
      highest: highest / top,
    },
  };
}
