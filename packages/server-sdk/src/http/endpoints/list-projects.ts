import { z } from 'zod';
import { PROJECT_SORTS } from '../../contract/projects.js';
import { listProjects } from '../../queries/project-service.js';
import { defineRangeQuery } from '../core/define-query.js';
import {
  oneOf,
  pageParameters,
  rangeParameters,
  sortOrderParameter,
  text,
} from '../schemas/parameters.js';
import { instant, pageFields, project, rangeFields, totals } from '../schemas/response-parts.js';
import { defineEndpoint } from './define-endpoint.js';

/** `GET /projects`. */
export const projectsEndpoint = defineEndpoint({
  name: 'projects',
  summary: 'The projects called through in a range',
  source: 'database',
  query: defineRangeQuery(
    z.strictObject({
      ...rangeParameters,
      search: text(255, 'Part of a name or DID; case-insensitive, literal').optional(),
      sortBy: oneOf(PROJECT_SORTS, 'Column to sort by').optional(),
      sortOrder: sortOrderParameter,
      ...pageParameters,
    }),
  ),
  response: z.object({
    items: z.array(z.object({ ...project.shape, totals, lastCallAt: instant })),
    ...pageFields,
    ...rangeFields,
  }),
  handle: (deps, { userDid, projects, nowMs, query }) => {
    const sortBy = query.sortBy ?? 'calls';
    return listProjects(deps, userDid, {
      range: query.range,
      projects,
      search: query.search ?? null,
      sortBy,
      // Names from A to Z, figures from the largest down.
      sortOrder: query.sortOrder ?? (sortBy === 'name' ? 'asc' : 'desc'),
      page: query.page ?? 1,
      pageSize: query.pageSize ?? 20,
      nowMs,
    });
  },
});
