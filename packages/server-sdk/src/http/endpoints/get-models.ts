import { z } from 'zod';
import { getModels } from '../../queries/model-service.js';
import { RANGE_QUERY } from '../schemas/range-parameters.js';
import { modelItem } from '../schemas/item-parts.js';
import { rangeFields } from '../schemas/response-parts.js';
import { defineEndpoint } from './define-endpoint.js';

/** `GET /models`. */
export const modelsEndpoint = defineEndpoint({
  name: 'models',
  summary: 'Calls of all projects by model',
  source: 'database',
  query: RANGE_QUERY,
  response: z.object({ items: z.array(modelItem), ...rangeFields }),
  handle: (deps, { userDid, projects, nowMs, query: { range } }) =>
    getModels(deps, userDid, { range, projects, nowMs }),
});
