import { z } from 'zod';
import { getProjectModels } from '../../queries/project-service.js';
import { RANGE_QUERY } from '../schemas/parameters.js';
import { project, rangeFields, totals } from '../schemas/response-parts.js';
import { defineEndpoint } from './define-endpoint.js';

const item = z.object({
  model: z.string(),
  provider: z.string().nullable().describe('The only one; null where none is known, or several'),
  providers: z.array(z.string()).describe('The known ones that served it, sorted'),
  providerName: z.string().nullable().describe("The host's name of provider"),
  providerLogoUrl: z.string().nullable(),
  providerNames: z.array(z.string()).describe("Names of providers: the host's, else the id"),
  totals,
  share: z.number().min(0).max(1),
});

/** `GET /projects/:appDid/models`. */
export const projectModelsEndpoint = defineEndpoint({
  name: 'projectModels',
  summary: "One project's calls by model",
  source: 'database',
  query: RANGE_QUERY,
  response: z.object({ project, items: z.array(item), ...rangeFields }),
  handle: (deps, { userDid, project, nowMs, query: { range } }) =>
    getProjectModels(deps, userDid, { project, range, nowMs }),
});
