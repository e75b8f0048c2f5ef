import { z } from 'zod';
import {
  ALERT_DIRECTIONS,
  ALERT_EVENT_TYPES,
  ALERT_LEVEL_STATES,
  ALERT_METRICS,
  ALERT_OWNERS,
  BUDGET_METRICS,
} from '../../contract/alerts.js';
import {
  alertChannel,
  alertChannels,
  alertScope,
  alertWindow,
  calendarWindow,
} from '../../alerts/rule-schema.js';
import { decimal, freshness, instant } from './response-parts.js';

const event = z.object({
  id: z.string(),
  ruleId: z.string(),
  type: z.enum(ALERT_EVENT_TYPES),
  name: z.string(),
  metric: z.enum(ALERT_METRICS),
  scope: alertScope,
  level: z.string(),
  threshold: decimal,
  value: decimal.nullable(),
  periodStart: instant.nullable(),
  occurredAt: instant,
});

const ruleFields = {
  id: z.string(),
  name: z.string(),
  owner: z.enum(ALERT_OWNERS),
  scope: alertScope,
  channels: alertChannels,
  enabled: z.boolean(),
  snoozedUntil: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  levels: z.array(
    z.object({
      label: z.string(),
      threshold: decimal,
      state: z.enum(ALERT_LEVEL_STATES),
      since: instant.nullable(),
    }),
  ),
  history: z.array(event),
  createdAt: instant.nullable(),
  updatedAt: instant.nullable(),
  evaluatedAt: instant.nullable(),
};

/** An alert rule. */
export const alertRule = z.object({
  kind: z.literal('alert'),
  ...ruleFields,
  metric: z.enum(ALERT_METRICS),
  direction: z.enum(ALERT_DIRECTIONS),
  window: alertWindow,
  minCalls: z.int().nullable(),
  value: decimal.nullable(),
  currency: z.string().nullable(),
  periodStart: instant.nullable(),
  periodEnd: instant.nullable(),
});

/** A budget. */
export const budget = z.object({
  kind: z.literal('budget'),
  ...ruleFields,
  metric: z.enum(BUDGET_METRICS),
  window: calendarWindow,
  amount: decimal,
  currency: z.string().nullable(),
  levelPercents: z.array(z.int()),
  enforce: z.boolean(),
  spent: decimal.nullable(),
  share: z.number().nullable(),
  periodStart: instant,
  periodEnd: instant,
  series: z.array(z.object({ start: instant, end: instant, spent: decimal.nullable() })),
  projection: z
    .object({ amount: decimal, lowest: decimal, highest: decimal, basedOnDays: z.int() })
    .nullable(),
});

/** All that the host has set up, of which a rule takes some. */
const channels = z.array(alertChannel);

/** `GET /alerts`. */
export const alertsResponse = z.object({ items: z.array(alertRule), channels, freshness });
/** `GET /budgets`. */
export const budgetsResponse = z.object({ items: z.array(budget), channels, freshness });
