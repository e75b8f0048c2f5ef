import type { DecimalString, Freshness, Instant } from './common.js';

/** What a rule watches. */
export const ALERT_METRICS = [
  'credits',
  'cost',
  'calls',
  'tokens',
  'errorRate',
  'p95DurationMs',
  'remaining',
  'daysRemaining',
] as const;
export type AlertMetric = (typeof ALERT_METRICS)[number];

/** Metrics that add up over a period, which a budget can limit. */
export const BUDGET_METRICS = ['credits', 'cost', 'calls', 'tokens'] as const;
export type BudgetMetric = (typeof BUDGET_METRICS)[number];

/** The calls that a rule counts. `model` is a name, whatever providers serve it. */
export type AlertScope =
  { kind: 'account' } | { kind: 'project'; appDid: string } | { kind: 'model'; model: string };

export const CALENDAR_UNITS = ['day', 'week', 'month'] as const;
export type CalendarUnit = (typeof CALENDAR_UNITS)[number];

/** A calendar period of an IANA zone; weeks begin on Monday (ISO 8601). */
export interface CalendarWindow {
  kind: 'calendar';
  unit: CalendarUnit;
  timeZone: string;
}

/** The last hours, 1 to 720; they begin at the last quarter of an hour that is at least so long ago. */
export interface RollingWindow {
  kind: 'rolling';
  hours: number;
}

export type AlertWindow = CalendarWindow | RollingWindow;

/** Whether a level is breached at or above its threshold, or at or below it: `below` for `remaining` and `daysRemaining`. */
export const ALERT_DIRECTIONS = ['above', 'below'] as const;
export type AlertDirection = (typeof ALERT_DIRECTIONS)[number];

/**
 * Where events of a rule go, apart from its history: the host's callback `onAlert`, or a webhook that the host has
 * configured.
 */
export type AlertChannel = { kind: 'callback' } | { kind: 'webhook'; webhookId: string };

/** Who made a rule. Rules of the host can be acknowledged and snoozed, not changed. */
export const ALERT_OWNERS = ['user', 'host'] as const;
export type AlertOwner = (typeof ALERT_OWNERS)[number];

/** `unknown`: no value was ever known in the period. While a value is missing or stale, a level keeps its state. */
export const ALERT_LEVEL_STATES = ['ok', 'firing', 'unknown'] as const;
export type AlertLevelState = (typeof ALERT_LEVEL_STATES)[number];

/** A level of a rule and its state. */
export interface AlertLevel {
  /** The level as events name it: `80%` of a budget, or the absolute value. */
  label: string;
  /** The value at which it is breached. */
  threshold: DecimalString;
  state: AlertLevelState;
  /** Since when it has the state; `null` before the first evaluation. */
  since: Instant | null;
}

export const ALERT_EVENT_TYPES = ['fired', 'cleared'] as const;
export type AlertEventType = (typeof ALERT_EVENT_TYPES)[number];

/** A crossing of a level. */
export interface AlertEvent {
  /** The same wherever the event is seen, so that a receiver can drop a repetition. */
  id: string;
  ruleId: string;
  type: AlertEventType;
  name: string;
  metric: AlertMetric;
  scope: AlertScope;
  level: string;
  threshold: DecimalString;
  /** The value that crossed; `null` where a period ended. */
  value: DecimalString | null;
  /** Start of the period; `null` for rolling windows. */
  periodStart: Instant | null;
  occurredAt: Instant;
}

/** What rules and budgets have in common, as responses have it. */
export interface AlertRuleBase {
  id: string;
  name: string;
  owner: AlertOwner;
  scope: AlertScope;
  channels: AlertChannel[];
  /** A rule that is not enabled is not evaluated. */
  enabled: boolean;
  /** Until then events are in the history alone; `null`: not snoozed. */
  snoozedUntil: Instant | null;
  /** When a reader acknowledged the last event that fired; `null`: none did. */
  acknowledgedAt: Instant | null;
  levels: AlertLevel[];
  /** Newest first, at most 20. */
  history: AlertEvent[];
  /** `null` for rules of the host. */
  createdAt: Instant | null;
  updatedAt: Instant | null;
  /** When the states were computed; `null` before the first evaluation. */
  evaluatedAt: Instant | null;
}

/** An alert rule and its state. */
export interface AlertRule extends AlertRuleBase {
  kind: 'alert';
  metric: AlertMetric;
  direction: AlertDirection;
  window: AlertWindow;
  /** Calls that `errorRate` and `p95DurationMs` need to be known; else null. */
  minCalls: number | null;
  /** The value of the last evaluation; `null`: unknown. */
  value: DecimalString | null;
  /** ISO 4217 code of a `cost`; else `null`. */
  currency: string | null;
  /** The period that `value` is of. `periodEnd` is `null` for rolling windows. */
  periodStart: Instant | null;
  periodEnd: Instant | null;
}

/** `GET /alerts`. */
export interface Alerts {
  items: AlertRule[];
  /** Where events of rules can go: what the host has set up. */
  channels: AlertChannel[];
  freshness: Freshness;
}

/** What will be spent by the end of the period if the pace of its whole days continues. */
export interface BudgetProjection {
  amount: DecimalString;
  /** The interval around `amount`: 8 times in 10 the mean pace lies in it. */
  lowest: DecimalString;
  highest: DecimalString;
  /** Whole days that the pace is the mean of. */
  basedOnDays: number;
}

/** What was spent of a budget by the end of a day of the period. */
export interface BudgetPoint {
  start: Instant;
  end: Instant;
  /** Spent since the start of the period; `null` where unknown. */
  spent: DecimalString | null;
}

/** A budget and its state; figures are of now, not of the last evaluation. */
export interface Budget extends AlertRuleBase {
  kind: 'budget';
  metric: BudgetMetric;
  window: CalendarWindow;
  amount: DecimalString;
  /** ISO 4217 code of a `cost`; else `null`. */
  currency: string | null;
  /** Percentages of the amount at which events fire, ascending. */
  levelPercents: number[];
  /** Whether the host refuses calls when it is used up, see `usage.limits`. */
  enforce: boolean;
  /** `null`: unknown. */
  spent: DecimalString | null;
  /** Spent / amount, 0 or more, 4 decimals; `null`: unknown. */
  share: number | null;
  periodStart: Instant;
  periodEnd: Instant;
  /** Each day of the period up to now, in order. */
  series: BudgetPoint[];
  /** `null` when too little is known. */
  projection: BudgetProjection | null;
}

/** `GET /budgets`. */
export interface Budgets {
  items: Budget[];
  /** As of alerts. */
  channels: AlertChannel[];
  freshness: Freshness;
}

/** `POST /alerts`. */
export interface AlertRuleInput {
  /** 1 to 120 characters. */
  name: string;
  metric: AlertMetric;
  /** @default account; the only scope of `remaining` and `daysRemaining` */
  scope?: AlertScope | undefined;
  window: AlertWindow;
  /** 1 to 10 different values, of at most 10 decimals; `errorRate` from 0 to 1. */
  levels: DecimalString[];
  /** 1 to 1000000; of `errorRate` and `p95DurationMs` only. @default 20 */
  minCalls?: number | undefined;
  /** At most 10. @default callback */
  channels?: AlertChannel[] | undefined;
  /** @default true */
  enabled?: boolean | undefined;
}

/** `PATCH /alerts/:ruleId`: what is left out stays. A new metric, scope, window or level begins a new state. */
export type AlertRulePatch = {
  [Member in keyof AlertRuleInput]?: AlertRuleInput[Member] | undefined;
};

/** `POST /budgets`. */
export interface BudgetInput {
  /** 1 to 120 characters. */
  name: string;
  metric: BudgetMetric;
  /** @default account */
  scope?: AlertScope | undefined;
  /** A calendar period. */
  window: CalendarWindow;
  /** Above 0; at most 10 decimals, of calls and tokens none. */
  amount: DecimalString;
  /** 1 to 10 different whole percentages from 1 to 1000. @default 50, 80, 100 */
  levelPercents?: number[] | undefined;
  /** @default false */
  enforce?: boolean | undefined;
  /** At most 10. @default callback */
  channels?: AlertChannel[] | undefined;
  /** @default true */
  enabled?: boolean | undefined;
}

/** `PATCH /budgets/:ruleId`: what is left out stays. */
export type BudgetPatch = { [Member in keyof BudgetInput]?: BudgetInput[Member] | undefined };

/** `POST /alerts/:ruleId/snooze`, also for budgets. */
export interface SnoozeInput {
  /** At most a year from now; `null` ends a snooze. */
  until: Instant | null;
}
