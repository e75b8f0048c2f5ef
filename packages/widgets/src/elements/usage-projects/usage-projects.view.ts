import type { Instant, ProjectItem } from '@usage-kit/server-sdk/contract';
import { formatInstant, formatInstantExact } from '../../format/date.js';
import { METRICS, type Figure, type Metric } from '../../view-models/figure.js';
import { toProjectName } from '../../view-models/project-name.js';
import { createFigureFormatter } from '../../view-models/figure-formatter.js';
import type { Localizer } from '../../locales/localizer.js';

/** One project ready to show. */
export interface ProjectRow {
  item: ProjectItem;
  name: string;
  /** Whether `name` is a shortened DID. */
  isNameless: boolean;
  figures: Readonly<Record<Metric, Figure>>;
  lastCall: Figure;
}

/** Projects ready to show, in a language and zone. */
export function toProjectRows(
  items: readonly ProjectItem[],
  localizer: Localizer,
  timeZone: string,
  asOf: Instant,
): ProjectRow[] {
  const format = createFigureFormatter(
    localizer,
    items.map(({ totals }) => totals),
  );
  return items.map((item) => {
    const figures = Object.fromEntries(
      METRICS.map((metric) => [metric, format(item.totals, metric)]),
    ) as Record<Metric, Figure>;
    return {
      item,
      name: toProjectName(localizer, item),
      isNameless: item.name === null,
      figures,
      lastCall: {
        text: formatInstant(localizer.formatters, item.lastCallAt, timeZone, asOf),
        title: formatInstantExact(localizer.formatters, item.lastCallAt, timeZone),
      },
    };
  });
}
