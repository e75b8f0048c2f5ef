import { z } from 'zod';
import { defineQuery } from '../core/define-query.js';
import { budgetsResponse } from '../schemas/alert-parts.js';
import { defineEndpoint } from './define-endpoint.js';

/** `GET /budgets`. */
export const budgetsEndpoint = defineEndpoint({
  name: 'budgets',
  summary: 'Budgets with what is spent, and a projection to the end of their period',
  // Rules and states are in no version of the calls.
  source: 'quota provider',
  query: defineQuery(z.strictObject({})),
  response: budgetsResponse,
  handle: ({ alerts }, { userDid, projects, nowMs }) =>
    alerts.listBudgets(userDid, { projects, nowMs }),
});
