import type { DecimalString, Overview, Totals } from '@usage-kit/server-sdk/contract';
import { divideDecimal } from '../../format/credits.js';
import { formatCount } from '../../format/number.js';
import {
  toCountFigure,
  toCreditsFigure,
  toMetricFigure,
  toMetricNumber,
  toOptionalCountFigure,
  toShownMetric,
  toUnknownFigure,
  type Figure,
  describeUnknownPart,
} from '../../view-models/figure.js';
import { describeConversion, toMoney, toMoneyFigure } from '../../view-models/money-figure.js';
import { toCacheFigure } from '../../view-models/minor-figures.js';
import { toStatCards, type StatCard } from '../../view-models/stat-cards.js';
import type { MessageDefinition } from '../../locales/messages.js';
import type { Localizer } from '../../locales/localizer.js';
import { figureMessages } from '../../locales/en/figures.js';
import { speedMessages } from '../../locales/en/speed.js';
import { overviewMessages } from '../../locales/en/overview.js';

/** What the overview shows. */
export interface OverviewView {
  cards: StatCard[];
  /** No call in the range and none in the one before. */
  isEmpty: boolean;
}

const METRICS = ['calls', 'tokens', 'credits', 'successRate'] as const;
type OverviewMetric = (typeof METRICS)[number] | 'cost';

/** What is behind each figure. */
const DETAILS: Readonly<
  Record<OverviewMetric, (overview: Overview, localizer: Localizer) => Figure>
> = {
  calls({ activeProjects, activeModels }, { t, formatters }) {
    const projects = { count: formatCount(formatters, activeProjects) };
    const models = { count: formatCount(formatters, activeModels) };
    const text = `${t(overviewMessages.overviewProjects, projects, activeProjects)} · ${t(overviewMessages.overviewModels, models, activeModels)}`;
    return { text, title: '' };
  },
  tokens({ totals }, localizer) {
    const detail = toDetail(localizer, overviewMessages.overviewTokens, {
      input: toOptionalCountFigure(localizer, totals.inputTokens, figureMessages.tokensAllUnknown),
      output: toOptionalCountFigure(
        localizer,
        totals.outputTokens,
        figureMessages.tokensAllUnknown,
      ),
    });
    return withParts(detail, totals, localizer);
  },
  credits: ({ totals }, localizer) =>
    toDetail(localizer, overviewMessages.overviewCreditsPerCall, {
      credits: toCreditsFigure(localizer, toCreditsPerCall(totals), figureMessages.noFinishedCalls),
    }),
  cost({ totals }, localizer) {
    const { calls, processingCalls, cost, currency, unpricedCalls } = totals;
    const priced = calls - processingCalls - unpricedCalls;
    const money = toMoney(cost === null ? null : divideDecimal(cost, priced, 10), currency);
    const credits =
      money === null
        ? toUnknownFigure(localizer, figureMessages.noFinishedCalls)
        : toMoneyFigure(localizer, money);
    return toDetail(localizer, overviewMessages.overviewCreditsPerCall, { credits });
  },
  successRate: ({ totals }, localizer) =>
    toDetail(localizer, overviewMessages.overviewOutcomes, {
      successful: toCountFigure(localizer, totals.successfulCalls),
      failed: toCountFigure(localizer, totals.failedCalls),
    }),
};

/** What tokens are made of, where calls reported it: the share from a cache in the line, the rest in its title. */
function withParts(detail: Figure, totals: Totals, localizer: Localizer): Figure {
  const { t } = localizer;
  const { cacheShare, reasoningTokens }: Partial<Totals> = totals;
  const cache = toCacheFigure(localizer, totals);
  const texts = cacheShare == null ? [] : [t(speedMessages.cachedShort, { share: cache.text })];
  const titles = cacheShare == null ? [] : [cache.title];
  if (reasoningTokens != null) {
    const count = toCountFigure(localizer, reasoningTokens).title;
    titles.push(t(speedMessages.reasoningShort, { count }));
  }
  return {
    text: [detail.text, ...texts].join(' · '),
    title: [detail.title, ...titles].join(' · '),
  };
}

/** Over the calls whose cost is in the sum: the others would make it look smaller than it is. */
function toCreditsPerCall(totals: Totals): DecimalString | null {
  const { calls, processingCalls, credits } = totals;
  const unknown: number | undefined = totals.unknownCreditCalls;
  return credits === null ? null : divideDecimal(credits, calls - processingCalls - (unknown ?? 0));
}

function toDetail(
  { t }: Localizer,
  key: MessageDefinition,
  figures: Record<string, Figure>,
): Figure {
  const params = (field: keyof Figure): Record<string, string> =>
    Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, figure[field]]));
  return { text: t(key, params('text')), title: t(key, params('title')) };
}

/** The detail of a figure, and behind it how much a sum is without. */
function toFullDetail(overview: Overview, localizer: Localizer, metric: OverviewMetric): Figure {
  const { totals } = overview;
  const isSum = metric === 'tokens' || metric === 'credits' || metric === 'cost';
  if (isSum && toMetricNumber(totals, metric) === null) {
    // The figure is a dash, and its title says why; so does this line, for those who do not hover.
    return { text: toMetricFigure(localizer, totals, metric).title, title: '' };
  }
  const { text, title } = toUnbroken(DETAILS[metric](overview, localizer));
  const note = describeUnknownPart(localizer, totals, metric);
  const rate = metric === 'cost' ? describeConversion(localizer, totals.currency) : null;
  // These are sentences, which a narrow card breaks between words.
  return {
    text: [text, rate, note?.text].filter((part) => part != null).join('\u00a0· '),
    title: [title, note?.title].filter((part) => part != null).join(' · '),
  };
}

/** A line that breaks between its parts only, and not between a number and what it counts. */
function toUnbroken({ text, title }: Figure): Figure {
  const parts = text.split(' · ').map((part) => part.replaceAll(' ', '\u00a0'));
  return { text: parts.join('\u00a0· '), title };
}

/** The four figures of the dashboard with what is behind them and their changes. */
export function toOverviewView(overview: Overview, localizer: Localizer): OverviewView {
  const { totals, previous } = overview;
  const cards = toStatCards(localizer, METRICS, totals, previous);
  return {
    cards: cards.map((card, index) => {
      const metric = METRICS[index];
      if (metric === undefined) return card;
      const shown = toShownMetric(localizer, metric);
      return { ...card, detail: toFullDetail(overview, localizer, shown) };
    }),
    isEmpty: totals.calls === 0 && (previous?.calls ?? 0) === 0,
  };
}
