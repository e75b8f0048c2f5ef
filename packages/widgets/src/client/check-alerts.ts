import type {
  AlertChannel,
  AlertEvent,
  AlertLevel,
  AlertRule,
  AlertRuleBase,
  Alerts,
  AlertScope,
  AlertWindow,
  Budget,
  BudgetPoint,
  BudgetProjection,
  Budgets,
  Freshness,
} from '@usage-kit/server-sdk/contract';
import {
  count,
  currencyCode,
  decimal,
  flag,
  instant,
  list,
  oneOf,
  optional,
  orNull,
  shape,
  text,
  within,
  type Fields,
} from './checks.js';

const freshness = shape<Freshness>({
  asOf: instant,
  rolledUpThrough: orNull(instant),
  archivedBefore: optional(orNull(instant)),
});

const scope = oneOf<AlertScope>({
  account: { kind: text },
  project: { kind: text, appDid: text },
  model: { kind: text, model: text },
});
const channel = oneOf<AlertChannel>({
  callback: { kind: text },
  webhook: { kind: text, webhookId: text },
});
const channels = list(channel);
const window = oneOf<AlertWindow>({
  calendar: { kind: text, unit: text, timeZone: text },
  rolling: { kind: text, hours: count },
});

const event = shape<AlertEvent>({
  ...{ id: text, ruleId: text, type: text, name: text, metric: text, scope },
  ...{ level: text, threshold: decimal, value: orNull(decimal) },
  ...{ periodStart: orNull(instant), occurredAt: instant },
});

const base: Fields<AlertRuleBase> = {
  ...{ id: text, name: text, owner: text, scope, channels },
  ...{ enabled: flag, snoozedUntil: orNull(instant), acknowledgedAt: orNull(instant) },
  levels: list(
    shape<AlertLevel>({ label: text, threshold: decimal, state: text, since: orNull(instant) }),
  ),
  history: list(event),
  ...{ createdAt: orNull(instant), updatedAt: orNull(instant), evaluatedAt: orNull(instant) },
};

const rule = shape<AlertRule>({
  ...base,
  ...{ kind: text, metric: text, direction: text, window },
  ...{ minCalls: orNull(count), value: orNull(decimal), currency: orNull(currencyCode) },
  ...{ periodStart: orNull(instant), periodEnd: orNull(instant) },
});

const budget = shape<Budget>({
  ...base,
  ...{ kind: text, metric: text, window, amount: decimal },
  ...{ currency: orNull(currencyCode), levelPercents: list(count), enforce: flag },
  ...{ spent: orNull(decimal), share: orNull(within(0, Number.MAX_SAFE_INTEGER)) },
  ...{ periodStart: instant, periodEnd: instant },
  series: list(shape<BudgetPoint>({ start: instant, end: instant, spent: orNull(decimal) })),
  projection: orNull(
    shape<BudgetProjection>({
      ...{ amount: decimal, lowest: decimal, highest: decimal, basedOnDays: count },
    }),
  ),
});

/** Checks the body of `GET /alerts`. */
export const checkAlerts = shape<Alerts>({ items: list(rule), channels, freshness });
/** Checks the body of `GET /budgets`. */
export const checkBudgets = shape<Budgets>({ items: list(budget), channels, freshness });
