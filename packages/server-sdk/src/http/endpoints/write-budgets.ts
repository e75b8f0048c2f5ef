import { budgetInput, budgetPatch } from '../../alerts/rule-schema.js';
import { WRITE_ROUTES } from '../../contract/write-routes.js';
import { budget } from '../schemas/alert-parts.js';
import { defineWriteEndpoint } from './define-write-endpoint.js';
import { getRuleId } from './write-alerts.js';

/** `POST /budgets`. */
export const createBudgetEndpoint = defineWriteEndpoint({
  route: WRITE_ROUTES.createBudget,
  name: 'createBudget',
  summary: 'Makes a budget',
  scope: 'alerts:write',
  body: budgetInput,
  response: budget,
  status: 201,
  handle: ({ alerts }, { userDid, body, newId, ...writer }) =>
    alerts.createBudget(userDid, { id: newId, input: body }, writer),
});

/** `PATCH /budgets/:ruleId`. */
export const changeBudgetEndpoint = defineWriteEndpoint({
  route: WRITE_ROUTES.changeBudget,
  name: 'changeBudget',
  summary: 'Changes a budget of the user',
  scope: 'alerts:write',
  body: budgetPatch,
  response: budget,
  handle: ({ alerts }, request) =>
    alerts.changeBudget(request.userDid, { id: getRuleId(request), patch: request.body }, request),
});

/** `DELETE /budgets/:ruleId`. */
export const deleteBudgetEndpoint = defineWriteEndpoint({
  route: WRITE_ROUTES.deleteBudget,
  name: 'deleteBudget',
  summary: 'Deletes a budget of the user',
  scope: 'alerts:write',
  body: null,
  response: null,
  handle: ({ alerts }, request) =>
    alerts.deleteBudget(request.userDid, getRuleId(request), request),
});
