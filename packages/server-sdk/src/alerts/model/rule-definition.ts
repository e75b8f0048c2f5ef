import type {
  AlertChannel,
  AlertMetric,
  AlertRuleInput,
  AlertScope,
  AlertWindow,
  BudgetInput,
  BudgetMetric,
  CalendarWindow,
  DecimalString,
} from '../../contract/index.js';
import { formatUnits, parseUnits } from './amounts.js';

interface DefinitionParts {
  name: string;
  scope: AlertScope;
  channels: AlertChannel[];
  enabled: boolean;
}

/** An alert rule with all defaults, as its row has it. */
export interface WatchDefinition extends DefinitionParts {
  kind: 'alert';
  metric: AlertMetric;
  window: AlertWindow;
  levels: DecimalString[];
  minCalls: number;
}

/** A budget with all defaults, as its row has it. */
export interface BudgetDefinition extends DefinitionParts {
  kind: 'budget';
  metric: BudgetMetric;
  window: CalendarWindow;
  amount: DecimalString;
  levelPercents: number[];
  enforce: boolean;
}

/** What a rule says. */
export type RuleDefinition = WatchDefinition | BudgetDefinition;

const DEFAULT_MIN_CALLS = 20;
const DEFAULT_PERCENTS = [50, 80, 100];

/** Metrics that few calls say nothing about. */
export const RATIO_METRICS: ReadonlySet<AlertMetric> = new Set(['errorRate', 'p95DurationMs']);
/** Metrics of the quota provider, which are of the account. */
export const QUOTA_METRICS: ReadonlySet<AlertMetric> = new Set(['remaining', 'daysRemaining']);

/** Adds the defaults to a checked alert rule; its levels become ascending. */
export function defineWatch(input: AlertRuleInput): WatchDefinition {
  const { name, metric, window, levels, minCalls = DEFAULT_MIN_CALLS } = input;
  return {
    kind: 'alert',
    name,
    metric,
    scope: input.scope ?? { kind: 'account' },
    window,
    levels: levels.map(toPlain).sort(compareDecimals),
    minCalls: RATIO_METRICS.has(metric) ? minCalls : 0,
    channels: input.channels ?? [{ kind: 'callback' }],
    enabled: input.enabled ?? true,
  };
}

/** Adds the defaults to a checked budget; its levels become ascending. */
export function defineBudget(input: BudgetInput): BudgetDefinition {
  const { name, metric, window, amount } = input;
  return {
    kind: 'budget',
    name,
    metric,
    scope: input.scope ?? { kind: 'account' },
    window,
    amount: toPlain(amount),
    levelPercents: [...(input.levelPercents ?? DEFAULT_PERCENTS)].sort((a, b) => a - b),
    enforce: input.enforce ?? false,
    channels: input.channels ?? [{ kind: 'callback' }],
    enabled: input.enabled ?? true,
  };
}

/** The same number without zeros that say nothing, so that a level has one label. */
function toPlain(text: DecimalString): DecimalString {
  return formatUnits(parseUnits(text) ?? 0n);
}

function compareDecimals(a: DecimalString, b: DecimalString): number {
  const difference = (parseUnits(a) ?? 0n) - (parseUnits(b) ?? 0n);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
