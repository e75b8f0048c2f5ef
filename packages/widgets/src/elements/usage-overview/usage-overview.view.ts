import type { Overview } from '@usage-kit/server-sdk/contract';
import { divideCredits } from '../../format/credits.js';
import { formatCount } from '../../format/number.js';
import { countFigure, creditsFigure, type Figure } from '../../internal/figure.js';
import { toStatCards, type StatCard } from '../../internal/stat-cards.js';
import type { Text } from '../../locales/messages.js';
import type { Localizer } from '../../locales/localizer.js';
import * as texts from '../../locales/en.js';

/** What the overview shows. */
export interface OverviewView {
  cards: StatCard[];
  /** No call in the range and none in the one before. */
  isEmpty: boolean;
}

const METRICS = ['calls', 'tokens', 'credits', 'successRate'] as const;

/** What is behind each figure. */
const DETAILS: Readonly<
  Record<(typeof METRICS)[number], (overview: Overview, localizer: Localizer) => Figure>
> = {
  calls({ activeProjects, activeModels }, { t, formatters }) {
    const projects = { count: formatCount(formatters, activeProjects) };
    const models = { count: formatCount(formatters, activeModels) };
    const text = `${t(texts.overviewProjects, projects, activeProjects)} · ${t(texts.overviewModels, models, activeModels)}`;
    return { text, title: '' };
  },
  tokens: ({ totals }, localizer) =>
    toDetail(localizer, texts.overviewTokens, {
      input: countFigure(localizer, totals.inputTokens),
      output: countFigure(localizer, totals.outputTokens),
    }),
  credits: ({ totals }, localizer) =>
    toDetail(localizer, texts.overviewCreditsPerCall, {
      credits: creditsFigure(localizer, divideCredits(totals.credits, totals.calls), texts.unknown),
    }),
  successRate: ({ totals }, localizer) =>
    toDetail(localizer, texts.overviewOutcomes, {
      successful: countFigure(localizer, totals.successfulCalls),
      failed: countFigure(localizer, totals.failedCalls),
    }),
};

function toDetail({ t }: Localizer, key: Text, figures: Record<string, Figure>): Figure {
  const params = (field: keyof Figure): Record<string, string> =>
    Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, figure[field]]));
  return { text: t(key, params('text')), title: t(key, params('title')) };
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
      return metric === undefined
        ? card
        : { ...card, detail: toUnbroken(DETAILS[metric](overview, localizer)) };
    }),
    isEmpty: totals.calls === 0 && (previous?.calls ?? 0) === 0,
  };
}
