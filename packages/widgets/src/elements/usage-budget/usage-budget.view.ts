import type { Budget } from '@usage-kit/server-sdk/contract';
import { toApproximateNumber } from '../../format/credits.js';
import { formatDay } from '../../format/date.js';
import { formatRatio } from '../../format/number.js';
import { alertMessages } from '../../locales/en/alerts.js';
import type { Localizer } from '../../locales/localizer.js';
import { formatMetricValue, formatScope, formatWindow } from '../../view-models/alert-values.js';

/** A chart of a budget, from 0 to 1 in both directions. */
export interface BudgetChartView {
  label: string;
  /** What is spent by the end of each day. */
  points: readonly { x: number; y: number }[];
  /** Where the budget is. */
  limit: number;
  /** At the end of the period; `null`: none. */
  projection: { amount: number; lowest: number; highest: number } | null;
}

/** A budget as it is shown. */
export interface BudgetView {
  name: string;
  scope: string;
  window: string;
  spent: string;
  share: string;
  level: 'good' | 'warning' | 'bad';
  projection: string;
  isOver: boolean;
  over: string;
  /** `null`: not enforced. */
  enforced: string | null;
  chart: BudgetChartView;
}

const WARNING_SHARE = 0.8;

/** Makes the view of a budget. */
export function toBudgetView(budget: Budget, localizer: Localizer, timeZone: string): BudgetView {
  const { t, formatters } = localizer;
  const { share, projection, amount, spent, periodEnd } = budget;
  const value = (text: string | null): string => formatMetricValue(localizer, budget, text);
  // The period ends when the next day begins.
  const lastDay = formatDay(
    formatters,
    new Date(Date.parse(periodEnd) - 1).toISOString(),
    timeZone,
  );
  const isOver =
    projection !== null && toApproximateNumber(projection.amount) > toApproximateNumber(amount);
  const spentText = t(alertMessages.budgetSpent, { spent: value(spent), amount: value(amount) });
  return {
    name: budget.name,
    scope: formatScope(localizer, budget.scope),
    window: formatWindow(localizer, budget.window),
    spent: spentText,
    share:
      share === null
        ? t(alertMessages.budgetUnknown)
        : t(alertMessages.budgetShare, { share: formatRatio(formatters, share) }),
    level: toLevel(share),
    projection:
      projection === null
        ? t(alertMessages.budgetNoProjection)
        : t(alertMessages.budgetProjection, {
            date: lastDay,
            amount: value(projection.amount),
            lowest: value(projection.lowest),
            highest: value(projection.highest),
          }),
    isOver,
    over: t(alertMessages.budgetOver),
    enforced: budget.enforce ? t(alertMessages.budgetEnforced) : null,
    chart: toChart(
      budget,
      t(alertMessages.budgetChart, { spent: value(spent), amount: value(amount), date: lastDay }),
    ),
  };
}

function toLevel(share: number | null): BudgetView['level'] {
  if (share === null || share < WARNING_SHARE) return 'good';
  return share < 1 ? 'warning' : 'bad';
}

function toChart(budget: Budget, label: string): BudgetChartView {
  const { series, projection, periodStart, periodEnd } = budget;
  const amount = toApproximateNumber(budget.amount);
  const spent = toApproximateNumber(budget.spent ?? '0');
  const highest = projection === null ? 0 : toApproximateNumber(projection.highest);
  const top = Math.max(amount, spent, highest) * 1.08 || 1;
  const [startMs, endMs] = [Date.parse(periodStart), Date.parse(periodEnd)];
  const points = series.flatMap(({ end, spent: text }) =>
    text === null
      ? []
      : [
          {
            x: Math.min(1, (Date.parse(end) - startMs) / (endMs - startMs)),
            y: toApproximateNumber(text) / top,
          },
        ],
  );
  return {
    label,
    points: [{ x: 0, y: 0 }, ...points],
    limit: amount / top,
    projection: projection && {
      amount: toApproximateNumber(projection.amount) / top,
      lowest: toApproximateNumber(projection.lowest) / top,
      highest: toApproximateNumber(projection.highest) / top,
    },
  };
}
