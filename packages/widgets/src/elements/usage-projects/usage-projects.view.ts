import type { ProjectItem } from '@usage-kit/server-sdk/contract';
import { formatInstant, formatInstantExact } from '../../format/date.js';
import { metricFigure, METRICS, type Figure, type Metric } from '../../internal/figure.js';
import { projectName } from '../../internal/project-name.js';
import type { Localizer } from '../../locales/localizer.js';

/** One project ready to show. */
export interface ProjectRow {
  item: ProjectItem;
  name: string;
  /** Letter in place of a logo. */
  initial: string;
  /** Whether `name` is a shortened DID. */
  isNameless: boolean;
  figures: Readonly<Record<Metric, Figure>>;
  lastCall: Figure;
}

/** A project ready to show, in a language and zone. */
export function toProjectRow(
  item: ProjectItem,
  localizer: Localizer,
  timeZone: string,
): ProjectRow {
  const name = projectName(localizer, item);
  const figures = Object.fromEntries(
    METRICS.map((metric) => [metric, metricFigure(localizer, item.totals, metric)]),
  ) as Record<Metric, Figure>;
  return {
    item,
    name,
    // The first character, not the first code unit: 😀 and 𠮷 are two units.
    initial: ([...name][0] ?? '?').toUpperCase(),
    isNameless: item.name === null,
    figures,
    lastCall: {
      text: formatInstant(localizer.formatters, item.lastCallAt, timeZone),
      title: formatInstantExact(localizer.formatters, item.lastCallAt, timeZone),
    },
  };
}
