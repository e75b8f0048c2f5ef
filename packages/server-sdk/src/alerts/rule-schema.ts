import * as z from 'zod';
import {
  ALERT_METRICS,
  BUDGET_METRICS,
  CALENDAR_UNITS,
  type AlertChannel,
  type AlertMetric,
  type AlertRuleInput,
  type AlertRulePatch,
  type AlertScope,
  type BudgetInput,
  type BudgetPatch,
  type CalendarWindow,
} from '../contract/alerts.js';
import { isTimeZone } from '../queries/query-range.js';
import { parseInstant } from '../values/parse-instant.js';
import { isIdentifier, MAX_DID_LENGTH } from '../values/user-did.js';
import { UNITS_PER_ONE, parseUnits } from './model/amounts.js';
import { QUOTA_METRICS, RATIO_METRICS } from './model/rule-definition.js';

/** Schemas of rules and budgets that a user or a host writes: unknown members are refused. */

const MAX_NAME_LENGTH = 120;
const MAX_MODEL_LENGTH = 255;
const MAX_CHANNELS = 10;
const MAX_LEVELS = 10;
const MAX_ROLLING_HOURS = 720;
const MAX_PERCENT = 1000;
const MAX_MIN_CALLS = 1_000_000;
/** Of amounts and levels: more than the credits of any account. */
const MAX_UNITS = 10n ** 15n * UNITS_PER_ONE;

const name = z
  .string()
  .min(1)
  .max(MAX_NAME_LENGTH)
  .refine((value) => !/\p{Cc}|\p{Cs}/u.test(value), 'must not contain control characters');

const identifier = (maxLength: number): z.ZodType<string> =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .refine((value) => isIdentifier(value, maxLength), 'must be an identifier');

const decimal = z
  .string()
  .regex(/^\d{1,16}(\.\d{1,10})?$/, 'must be a plain decimal of at most 10 decimals')
  .refine((text) => (parseUnits(text) ?? MAX_UNITS + 1n) <= MAX_UNITS, 'must be at most 10^15');

/** The calls that a rule counts. */
export const alertScope: z.ZodType<AlertScope> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('account') }),
  z.strictObject({ kind: z.literal('project'), appDid: identifier(MAX_DID_LENGTH) }),
  z.strictObject({ kind: z.literal('model'), model: identifier(MAX_MODEL_LENGTH) }),
]);

/** A calendar period. */
export const calendarWindow: z.ZodType<CalendarWindow> = z.strictObject({
  kind: z.literal('calendar'),
  unit: z.enum(CALENDAR_UNITS),
  timeZone: z.string().max(64).refine(isTimeZone, 'must be an IANA time zone name'),
});

const rollingWindow = z.strictObject({
  kind: z.literal('rolling'),
  hours: z.int().min(1).max(MAX_ROLLING_HOURS),
});

/** A period that a rule counts. */
export const alertWindow = z.union([calendarWindow, rollingWindow]);

/** A place that events go to. */
export const alertChannel: z.ZodType<AlertChannel> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('callback') }),
  z.strictObject({ kind: z.literal('webhook'), webhookId: identifier(64) }),
]);

/** Where events of a rule go. */
export const alertChannels = z.array(alertChannel).max(MAX_CHANNELS);

const levels = z
  .array(decimal)
  .min(1)
  .max(MAX_LEVELS)
  .refine(
    (texts) => new Set(texts.map((text) => parseUnits(text))).size === texts.length,
    'must differ',
  );

const levelPercents = z
  .array(z.int().min(1).max(MAX_PERCENT))
  .min(1)
  .max(MAX_LEVELS)
  .refine((percents) => new Set(percents).size === percents.length, 'must differ');

const watchMembers = {
  name,
  metric: z.enum(ALERT_METRICS),
  scope: alertScope.optional(),
  window: alertWindow,
  levels,
  minCalls: z.int().min(1).max(MAX_MIN_CALLS).optional(),
  channels: alertChannels.optional(),
  enabled: z.boolean().optional(),
};

const budgetMembers = {
  name,
  metric: z.enum(BUDGET_METRICS),
  scope: alertScope.optional(),
  window: calendarWindow,
  amount: decimal.refine((text) => !/^[0.]+$/.test(text), 'must be above 0'),
  levelPercents: levelPercents.optional(),
  enforce: z.boolean().optional(),
  channels: alertChannels.optional(),
  enabled: z.boolean().optional(),
};

/** `POST /alerts`. What members say together is checked by {@link findWatchFault}. */
export const alertRuleInput: z.ZodType<AlertRuleInput> = z.strictObject(watchMembers);
/** `PATCH /alerts/:ruleId`. */
export const alertRulePatch: z.ZodType<AlertRulePatch> = z.strictObject(watchMembers).partial();
/** `POST /budgets`. What members say together is checked by {@link findBudgetFault}. */
export const budgetInput: z.ZodType<BudgetInput> = z.strictObject(budgetMembers);
/** `PATCH /budgets/:ruleId`. */
export const budgetPatch: z.ZodType<BudgetPatch> = z.strictObject(budgetMembers).partial();

/** `POST /alerts/:ruleId/snooze`. */
export const snoozeInput = z.strictObject({
  until: z
    .string()
    .refine((text) => /\D/.test(text) && parseInstant(text) !== null, 'must be an RFC 3339 instant')
    .nullable(),
});

/** A member of a rule that does not fit the others. */
export interface RuleFault {
  parameter: string;
  detail: string;
}

/** Finds a member of a whole alert rule that does not fit the others; `null`: all do. */
export function findWatchFault(rule: AlertRuleInput): RuleFault | null {
  const { metric, scope, levels: texts, minCalls } = rule;
  const isQuota = QUOTA_METRICS.has(metric);
  if (isQuota && scope !== undefined && scope.kind !== 'account') {
    return { parameter: 'scope', detail: `must be the account for ${metric}` };
  }
  if (minCalls !== undefined && !RATIO_METRICS.has(metric)) {
    return { parameter: 'minCalls', detail: `has no meaning for ${metric}` };
  }
  const detail = texts.map((text) => findLevelFault(metric, text)).find((fault) => fault !== null);
  return detail == null ? null : { parameter: 'levels', detail };
}

function findLevelFault(metric: AlertMetric, text: string): string | null {
  const units = parseUnits(text) ?? 0n;
  // Every value is at 0 or above it.
  if (units === 0n && !QUOTA_METRICS.has(metric)) return 'must be above 0';
  if (metric === 'errorRate' && units > UNITS_PER_ONE) return 'must be at most 1 for errorRate';
  return isFraction(metric, text) ? `must be whole numbers for ${metric}` : null;
}

/** Finds a member of a whole budget that does not fit the others; `null`: all do. */
export function findBudgetFault({ metric, amount }: BudgetInput): RuleFault | null {
  if (!isFraction(metric, amount)) return null;
  return { parameter: 'amount', detail: `must be a whole number for ${metric}` };
}

const WHOLE_METRICS: ReadonlySet<AlertMetric> = new Set(['calls', 'tokens']);

function isFraction(metric: AlertMetric, text: string): boolean {
  return WHOLE_METRICS.has(metric) && (parseUnits(text) ?? 0n) % UNITS_PER_ONE !== 0n;
}
