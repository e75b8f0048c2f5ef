import type { ProjectStats } from '@usage-kit/server-sdk/contract';
import { toMinorFigures, type MinorFigure } from '../../view-models/minor-figures.js';
import { toProjectName } from '../../view-models/project-name.js';
import { toStatCards, type StatCard } from '../../view-models/stat-cards.js';
import type { Localizer } from '../../locales/localizer.js';

/** What the figures of a project show. */
export interface ProjectStatsView {
  name: string;
  appDid: string;
  logoUrl: string | null;
  cards: StatCard[];
  minor: MinorFigure[];
}

/** The six figures of a project with their changes. */
export function toProjectStatsView(stats: ProjectStats, localizer: Localizer): ProjectStatsView {
  const { project, totals, previous } = stats;
  return {
    name: toProjectName(localizer, project),
    appDid: project.appDid,
    logoUrl: project.logoUrl,
    cards: toStatCards(
      localizer,
      ['calls', 'tokens', 'credits', 'successRate', 'averageDuration', 'p95Duration'],
      totals,
      previous,
    ),
    minor: toMinorFigures(localizer, totals),
  };
}
