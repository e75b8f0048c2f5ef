import type { Totals } from '@usage-kit/server-sdk/contract';
import { toPointChange, toRelativeChange, type Change, type Meaning } from '../format/change.js';
import { figureMessages } from '../locales/en/figures.js';
import { metricMessages } from '../locales/en/metrics.js';
import type { Localizer } from '../locales/localizer.js';
import {
  toMetricFigure,
  toMetricNumber,
  toShownMetric,
  type Figure,
  type Metric,
} from './figure.js';

/** One card: a figure with its change against the period before. */
export interface StatCard {
  metric: Metric;
  label: string;
  figure: Figure;
  /** What the figure is made of, on a separate line; all cards of a row have it or none. */
  detail?: Figure;
  change: Change | null;
  /** What the change compares with, or why there is none. */
  changeTitle: string;
}

const MEANINGS: Readonly<Record<Metric, Meaning>> = {
  calls: 'neutral',
  tokens: 'neutral',
  credits: 'neutral',
  cost: 'neutral',
  successRate: 'upIsGood',
  averageDuration: 'upIsBad',
  p95Duration: 'upIsBad',
};

/** Cards of the named figures, of which an amount is credits or money as is shown; changes of a rate are in percentage points, of the others in percent. */
export function toStatCards(
  localizer: Localizer,
  metrics: readonly Metric[],
  totals: Totals,
  previous: Totals | null,
): StatCard[] {
  const shown = metrics.map((metric) => toShownMetric(localizer, metric));
  return shown.map((metric) => ({
    metric,
    label: localizer.t(metricMessages[metric]),
    figure: toMetricFigure(localizer, totals, metric),
    change: previous === null ? null : toChange(localizer, metric, totals, previous),
    changeTitle:
      previous === null
        ? localizer.t(figureMessages.noPrevious)
        : localizer.t(figureMessages.previousWas, {
            value: toMetricFigure(localizer, previous, metric).title,
          }),
  }));
}

function toChange(
  { formatters, t }: Localizer,
  metric: Metric,
  totals: Totals,
  previous: Totals,
): Change | null {
  const current = toMetricNumber(totals, metric);
  const former = toMetricNumber(previous, metric);
  const meaning = MEANINGS[metric];
  if (metric !== 'successRate') return toRelativeChange(formatters, current, former, meaning);
  const change = toPointChange(formatters, current, former, meaning);
  return change === null
    ? null
    : { ...change, text: t(figureMessages.changePoints, { points: change.text }) };
}
