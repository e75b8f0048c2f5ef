import type { Overview } from '@usage-kit/server-sdk/contract';
import { toStatCards, type StatCard } from '../../internal/stat-cards.js';
import type { Localizer } from '../../locales/localizer.js';

/** What the overview shows. */
export interface OverviewView {
  cards: StatCard[];
  /** No call in the range and none in the one before. */
  isEmpty: boolean;
}

/** The four figures of the dashboard with their changes. */
export function toOverviewView(overview: Overview, localizer: Localizer): OverviewView {
  const { totals, previous } = overview;
  return {
    cards: toStatCards(localizer, ['calls', 'tokens', 'credits', 'successRate'], totals, previous),
    isEmpty: totals.calls === 0 && (previous?.calls ?? 0) === 0,
  };
}
