import { z } from 'zod';
import type { SortOrder } from '../../contract/query-params.js';
import { PROJECT_SORTS, SPARKLINE_METRICS, type ProjectSort } from '../../contract/projects.js';
import { listProjects } from '../../queries/project-service.js';
import { defineRangeQuery } from '../core/define-query.js';
import { oneOf, pageParameters, sortOrderParameter, text } from '../schemas/parameters.js';
import { rangeParameters } from '../schemas/range-parameters.js';
import {
  count,
  decimal,
  instant,
  pageFields,
  rangeFields,
  totals,
} from '../schemas/response-parts.js';
import { project } from '../schemas/item-parts.js';
import { defineEndpoint } from './define-endpoint.js';

/** Range, filter and order of projects; their export takes them, too. */
export const projectListParameters = {
  ...rangeParameters,
  search: text(255, 'Part of a name or DID; case-insensitive, literal').optional(),
  sortBy: oneOf(PROJECT_SORTS, 'Column to sort by').optional(),
  sortOrder: sortOrderParameter,
};

/** The order of projects as it was asked for, or the default: names from A to Z, figures from the largest down. */
export function resolveProjectOrder({
  sortBy = 'calls',
  sortOrder = sortBy === 'name' ? 'asc' : 'desc',
}: {
  sortBy?: ProjectSort | undefined;
  sortOrder?: SortOrder | undefined;
}): { sortBy: ProjectSort; sortOrder: SortOrder } {
  return { sortBy, sortOrder };
}

/** `GET /projects`. */
export const projectsEndpoint = defineEndpoint({
  name: 'projects',
  summary: 'The projects called through in a range',
  source: 'database',
  query: defineRangeQuery(
    z.strictObject({
      ...projectListParameters,
      ...pageParameters,
      sparkline: oneOf(SPARKLINE_METRICS, 'Adds this figure over time to each item').optional(),
    }),
  ),
  response: z.object({
    items: z.array(
      z.object({
        ...project.shape,
        totals,
        lastCallAt: instant,
        sparkline: z
          .array(z.union([count, decimal]).nullable())
          .optional()
          .describe('With sparkline: a value for each point, which add up to that of totals'),
      }),
    ),
    ...pageFields,
    totals: totals.describe('Of all projects in the range, whatever page and search'),
    sparkline: z
      .object({
        metric: z.enum(SPARKLINE_METRICS),
        points: z.array(z.object({ start: instant, end: instant })),
      })
      .optional()
      .describe('With sparkline: the buckets of its values, at most 60'),
    ...rangeFields,
  }),
  handle: (deps, { userDid, projects, nowMs, query }) => {
    return listProjects(deps, userDid, {
      range: query.range,
      projects,
      search: query.search ?? null,
      ...resolveProjectOrder(query),
      page: query.page ?? 1,
      pageSize: query.pageSize ?? 20,
      sparkline: query.sparkline ?? null,
      nowMs,
    });
  },
});
