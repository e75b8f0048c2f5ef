import { alertRuleInput, alertRulePatch, snoozeInput } from '../../alerts/rule-schema.js';
import { WRITE_ROUTES } from '../../contract/write-routes.js';
import { UsageError } from '../../errors.js';
import { parseInstant } from '../../values/parse-instant.js';
import { UTC_DAY_MS } from '../../values/time.js';
import { alertRule } from '../schemas/alert-parts.js';
import { defineWriteEndpoint, type WriteRequest } from './define-write-endpoint.js';

/** The rule that a path names. */
export const getRuleId = ({ params }: WriteRequest): string => params['ruleId'] ?? '';

/** `POST /alerts`. */
export const createAlertEndpoint = defineWriteEndpoint({
  route: WRITE_ROUTES.createAlert,
  name: 'createAlert',
  summary: 'Makes an alert rule',
  scope: 'alerts:write',
  body: alertRuleInput,
  response: alertRule,
  status: 201,
  handle: ({ alerts }, { userDid, body, newId, ...writer }) =>
    alerts.createAlert(userDid, { id: newId, input: body }, writer),
});

/** `PATCH /alerts/:ruleId`. */
export const changeAlertEndpoint = defineWriteEndpoint({
  route: WRITE_ROUTES.changeAlert,
  name: 'changeAlert',
  summary: 'Changes an alert rule of the user',
  scope: 'alerts:write',
  body: alertRulePatch,
  response: alertRule,
  handle: ({ alerts }, request) =>
    alerts.changeAlert(request.userDid, { id: getRuleId(request), patch: request.body }, request),
});

/** `DELETE /alerts/:ruleId`. */
export const deleteAlertEndpoint = defineWriteEndpoint({
  route: WRITE_ROUTES.deleteAlert,
  name: 'deleteAlert',
  summary: 'Deletes an alert rule of the user',
  scope: 'alerts:write',
  body: null,
  response: null,
  handle: ({ alerts }, request) => alerts.deleteAlert(request.userDid, getRuleId(request), request),
});

/** `POST /alerts/:ruleId/acknowledge`. */
export const acknowledgeAlertEndpoint = defineWriteEndpoint({
  route: WRITE_ROUTES.acknowledgeAlert,
  name: 'acknowledgeAlert',
  summary: 'Acknowledges what a rule or a budget has fired',
  scope: 'alerts:write',
  body: null,
  response: null,
  handle: ({ alerts }, request) => {
    const attention = { acknowledgedAtMs: request.nowMs };
    return alerts.attend(request.userDid, { id: getRuleId(request), attention }, request);
  },
});

/** `POST /alerts/:ruleId/snooze`. */
export const snoozeAlertEndpoint = defineWriteEndpoint({
  route: WRITE_ROUTES.snoozeAlert,
  name: 'snoozeAlert',
  summary: 'Keeps events of a rule or a budget in its history alone for a while',
  scope: 'alerts:write',
  body: snoozeInput,
  response: null,
  handle: ({ alerts }, request) => {
    const attention = { snoozedUntilMs: readUntil(request.body.until, request.nowMs) };
    return alerts.attend(request.userDid, { id: getRuleId(request), attention }, request);
  },
});

const MAX_SNOOZE_MS = 366 * UTC_DAY_MS;

/** @throws UsageError `BODY_INVALID` for an instant that is past, or more than a year away */
function readUntil(until: string | null, nowMs: number): number | null {
  if (until === null) return null;
  const untilMs = parseInstant(until) ?? 0;
  if (untilMs > nowMs && untilMs <= nowMs + MAX_SNOOZE_MS) return untilMs;
  const detail = 'must be within a year from now';
  throw new UsageError('BODY_INVALID', `\`until\` ${detail}.`, {
    items: [{ parameter: 'until', detail }],
  });
}
