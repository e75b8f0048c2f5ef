import { z } from 'zod';
import { getProjectModels } from '../../queries/model-service.js';
import { RANGE_QUERY } from '../schemas/range-parameters.js';
import { modelItem, project } from '../schemas/item-parts.js';
import { rangeFields } from '../schemas/response-parts.js';
import { defineEndpoint } from './define-endpoint.js';

/** `GET /projects/:appDid/models`. */
export const projectModelsEndpoint = defineEndpoint({
  name: 'projectModels',
  summary: "One project's calls by model",
  source: 'database',
  query: RANGE_QUERY,
  response: z.object({ project, items: z.array(modelItem), ...rangeFields }),
  handle: (deps, { userDid, project, nowMs, query: { range } }) =>
    getProjectModels(deps, userDid, { project, range, nowMs }),
});
