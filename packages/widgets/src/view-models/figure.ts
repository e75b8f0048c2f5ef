import type { DecimalString, Totals } from '@usage-kit/server-sdk/contract';
import { formatCredits, formatCreditsCompact, formatCreditsExact } from '../format/credits.js';
import { formatDuration, formatDurationExact } from '../format/duration.js';
import { formatCompact, formatCount, formatRatio, formatRatioExact } from '../format/number.js';
import type { MessageDefinition } from '../locales/messages.js';
import type { Localizer } from '../locales/localizer.js';
import { toCompactMoneyFigure, toMoney } from './money-figure.js';
import { figureMessages } from '../locales/en/figures.js';

/** A figure as shown: short text, and a title with the exact value or the reason why there is none. */
export interface Figure {
  text: string;
  title: string;
}

/** Shown for what cannot be known; never 0. */
export const UNKNOWN_TEXT = '–';

/** The dash with its reason. */
export function toUnknownFigure({ t }: Localizer, reason: MessageDefinition): Figure {
  return { text: UNKNOWN_TEXT, title: t(reason) };
}

/** Count, compact from 100,000; the title has all digits. */
export function toCountFigure({ formatters }: Localizer, value: number): Figure {
  return { text: formatCompact(formatters, value), title: formatCount(formatters, value) };
}

/** Count that may not be known. */
export function toOptionalCountFigure(
  localizer: Localizer,
  value: number | null,
  reason: MessageDefinition,
): Figure {
  return value === null ? toUnknownFigure(localizer, reason) : toCountFigure(localizer, value);
}

/** Credits with two decimals or more; the title has all digits. `isCompact` shortens from 100,000. */
export function toCreditsFigure(
  localizer: Localizer,
  credits: DecimalString | null,
  reason: MessageDefinition,
  isCompact = false,
): Figure {
  if (credits === null) return toUnknownFigure(localizer, reason);
  const { formatters } = localizer;
  const format = isCompact ? formatCreditsCompact : formatCredits;
  return { text: format(formatters, credits), title: formatCreditsExact(formatters, credits) };
}

/** Ratio 0 to 1 as percent. */
function toRatioFigure(
  localizer: Localizer,
  ratio: number | null,
  reason: MessageDefinition,
): Figure {
  if (ratio === null) return toUnknownFigure(localizer, reason);
  const { formatters } = localizer;
  return { text: formatRatio(formatters, ratio), title: formatRatioExact(formatters, ratio) };
}

/** Duration in milliseconds, shown in the unit that suits it. */
export function toDurationFigure(
  localizer: Localizer,
  durationMs: number | null,
  reason: MessageDefinition,
): Figure {
  if (durationMs === null) return toUnknownFigure(localizer, reason);
  const { formatters } = localizer;
  return {
    text: formatDuration(formatters, durationMs),
    title: formatDurationExact(formatters, durationMs),
  };
}

/** The figures that cards, columns and charts are made of; `credits` or `cost` is shown, see {@link getShownMetrics}. */
export const METRICS = [
  'calls',
  'successRate',
  'averageDuration',
  'p95Duration',
  'tokens',
  'credits',
  'cost',
] as const;
export type Metric = (typeof METRICS)[number];

/** The six figures that are shown: an amount is credits or money, never both. */
export function getShownMetrics(localizer: Localizer): readonly Metric[] {
  return METRICS.filter((metric) => toShownMetric(localizer, metric) === metric);
}

/** The name of a figure or a sorting, with the amount that is shown in place of the other one. */
export function toShownMetric<Name extends string>(
  { amounts }: Localizer,
  name: Name,
): Name | 'credits' | 'cost' {
  const isAmount = name === 'credits' || name === 'cost';
  return isAmount ? (amounts === 'money' ? 'cost' : 'credits') : name;
}

/** How many calls a sum does not include: in a few words, and as a sentence for titles; `null` when it includes all. */
export function describeUnknownPart(
  localizer: Localizer,
  totals: Totals,
  metric: Metric,
): Figure | null {
  if (metric === 'cost') return describeUnpriced(localizer, totals);
  const isTokens = metric === 'tokens';
  if (!isTokens && metric !== 'credits') return null;
  // An older server does not send it.
  const unknown: number | undefined = isTokens
    ? totals.unknownTokenCalls
    : totals.unknownCreditCalls;
  if (!unknown) return null;
  const count = toCountFigure(localizer, unknown);
  const total = toCountFigure(localizer, totals.successfulCalls + totals.failedCalls);
  const sentence = isTokens
    ? figureMessages.tokensPartlyUnknown
    : figureMessages.creditsPartlyUnknown;
  const { t } = localizer;
  return {
    text: t(figureMessages.partlyUnknown, { count: count.text, total: total.text }),
    title: t(sentence, { count: count.title, total: total.title }, unknown),
  };
}

/** How many calls a sum of money does not include, with their share. */
function describeUnpriced(localizer: Localizer, totals: Totals): Figure | null {
  const unpriced: number | undefined = totals.unpricedCalls;
  if (!unpriced) return null;
  const { t, formatters } = localizer;
  const share = formatRatio(formatters, unpriced / (totals.successfulCalls + totals.failedCalls));
  const { text, title } = toCountFigure(localizer, unpriced);
  const say = (count: string): string => t(figureMessages.unpriced, { count, share }, unpriced);
  return { text: say(text), title: say(title) };
}

/** One figure of a set of totals; the title of a partial sum says how many calls are unknown. */
export function toMetricFigure(localizer: Localizer, totals: Totals, metric: Metric): Figure {
  const figure = toFigure(localizer, totals, metric);
  const note = figure.text === UNKNOWN_TEXT ? null : describeUnknownPart(localizer, totals, metric);
  return note === null ? figure : { ...figure, title: `${figure.title} · ${note.title}` };
}

function toFigure(localizer: Localizer, totals: Totals, metric: Metric): Figure {
  switch (metric) {
    case 'calls':
      return toCountFigure(localizer, totals.calls);
    case 'tokens':
      return toOptionalCountFigure(localizer, totals.totalTokens, figureMessages.tokensAllUnknown);
    case 'credits':
      return toCreditsFigure(localizer, totals.credits, figureMessages.creditsAllUnknown, true);
    case 'cost': {
      const money = toMoney(totals.cost, totals.currency);
      return money === null
        ? toUnknownFigure(localizer, figureMessages.creditsAllUnknown)
        : toCompactMoneyFigure(localizer, money);
    }
    case 'successRate':
      return toRatioFigure(localizer, totals.successRate, figureMessages.noFinishedCalls);
    case 'averageDuration':
      return toDurationFigure(
        localizer,
        totals.averageDurationMs,
        figureMessages.noDurationSamples,
      );
    case 'p95Duration':
      return toDurationFigure(localizer, totals.p95DurationMs, figureMessages.noDurationSamples);
  }
}

/** One figure as a number for drawing and comparing; `null` when it is not known. Never for text. */
export function toMetricNumber(totals: Totals, metric: Metric): number | null {
  switch (metric) {
    case 'calls':
      return totals.calls;
    case 'tokens':
      return totals.totalTokens;
    case 'credits':
      return totals.credits === null ? null : Number(totals.credits);
    case 'cost': {
      // An older server does not send it.
      const cost: string | null | undefined = totals.cost;
      return cost == null ? null : Number(cost);
    }
    case 'successRate':
      return totals.successRate;
    case 'averageDuration':
      return totals.averageDurationMs;
    case 'p95Duration':
      return totals.p95DurationMs;
  }
}
