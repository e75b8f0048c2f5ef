import { z } from 'zod';
import { defineQuery } from '../core/define-query.js';
import { alertsResponse } from '../schemas/alert-parts.js';
import { defineEndpoint } from './define-endpoint.js';

/** `GET /alerts`. */
export const alertsEndpoint = defineEndpoint({
  name: 'alerts',
  summary: 'Alert rules with their states and histories',
  // Rules and states are in no version of the calls.
  source: 'quota provider',
  query: defineQuery(z.strictObject({})),
  response: alertsResponse,
  handle: ({ alerts }, { userDid, projects, nowMs }) =>
    alerts.listAlerts(userDid, { projects, nowMs }),
});
