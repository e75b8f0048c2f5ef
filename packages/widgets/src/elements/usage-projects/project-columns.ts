import type { Project, ProjectSort } from '@usage-kit/server-sdk/contract';
import { html, type TemplateResult } from 'lit';
import type { Column } from '../../templates/data-table.js';
import { toShownMetric, type Metric } from '../../view-models/figure.js';
import { renderLogo } from '../../templates/logo.js';
import { toSafeUrl } from '../../utils/safe-url.js';
import type { Localizer } from '../../locales/localizer.js';
import type { ProjectRow } from './usage-projects.view.js';
import { projectMessages } from '../../locales/en/projects.js';
import { metricMessages } from '../../locales/en/metrics.js';

/** How a project is opened. */
export interface ProjectLinks {
  getHref: (project: Project) => string | null;
  onOpen: (project: Project, event: MouseEvent) => void;
}

/** The API sorts by the same names as the figures have. */
const FIGURE_COLUMNS = [
  'calls',
  'tokens',
  'credits',
  'successRate',
  'averageDuration',
  'p95Duration',
] as const satisfies readonly (Metric & ProjectSort)[];

/** What projects can be sorted by. */
export const PROJECT_SORTS: readonly ProjectSort[] = [
  'name',
  ...FIGURE_COLUMNS,
  'cost',
  'lastCall',
];

/** What is drawn in the rows, once it is loaded. */
export interface RowDrawings {
  /** What the heading of the sparklines does not say. */
  title: string;
  renderSparkline: (row: ProjectRow) => unknown;
  /** A bar behind a figure of the sorted column. */
  renderShare: (row: ProjectRow, metric: Metric) => unknown;
}

/** Titles of columns. */
export interface ColumnTitles {
  /** The zone of the times. */
  zone: string;
  /** The rate of money that is converted. */
  rate: string | null;
}

/** Columns of the project list. */
export function toProjectColumns(
  localizer: Localizer,
  links: ProjectLinks,
  titles: ColumnTitles,
  drawings: RowDrawings,
): Column<ProjectRow, ProjectSort>[] {
  const { t } = localizer;
  const metrics = FIGURE_COLUMNS.map((metric) => toShownMetric(localizer, metric));
  return [
    {
      id: 'name',
      label: t(projectMessages.project),
      sort: 'name',
      isHeading: true,
      cell: (row) => renderProject(row, links),
    },
    {
      id: 'sparkline',
      label: t(projectMessages.overTime),
      title: drawings.title,
      cell: drawings.renderSparkline,
    },
    ...metrics.map((metric): Column<ProjectRow, ProjectSort> => ({
      id: metric,
      label: t(metricMessages[metric]),
      ...(metric === 'cost' && titles.rate !== null ? { title: titles.rate } : {}),
      sort: metric,
      isFigure: true,
      cell: (row) =>
        html`<span title=${row.figures[metric].title}>${row.figures[metric].text}</span
          >${drawings.renderShare(row, metric)}`,
    })),
    {
      id: 'lastCall',
      label: t(projectMessages.lastCall),
      title: titles.zone,
      sort: 'lastCall',
      isFigure: true,
      cell: ({ item, lastCall }) =>
        html`<time datetime=${item.lastCallAt} title=${lastCall.title}>${lastCall.text}</time>`,
    },
  ];
}

function renderProject(
  { item, name, isNameless }: ProjectRow,
  { getHref: getHref, onOpen }: ProjectLinks,
): TemplateResult {
  const href = toSafeUrl(getHref(item));
  // Only one line of the name is visible, so that all rows have the same height; this is the entire name with the DID.
  const title = isNameless ? item.appDid : `${name} · ${item.appDid}`;
  const className = `name ${isNameless ? 'mono' : ''}`;
  const onClick = (event: MouseEvent): void => onOpen(item, event);
  return html`<span class="project"
    >${renderLogo(item.logoUrl, name)}${
      href === null
        ? html`<button
            type="button"
            class=${className}
            part="project-link"
            title=${title}
            @click=${onClick}
          >
            ${name}
          </button>`
        : html`<a
            class=${className}
            part="project-link"
            href=${toSafeUrl(href)}
            title=${title}
            @click=${onClick}
            >${name}</a
          >`
    }</span
  >`;
}
