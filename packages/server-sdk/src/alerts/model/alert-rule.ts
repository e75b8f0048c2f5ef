import { createHash } from 'node:crypto';
import type {
  AlertChannel,
  AlertMetric,
  AlertOwner,
  AlertScope,
  AlertWindow,
  BudgetMetric,
  CalendarWindow,
} from '../../contract/alerts.js';
import type { RuleDefinition } from './rule-definition.js';
import { divideUp, parseUnits } from './amounts.js';

/** A level of a rule: what is compared with a value. */
export interface RuleLevel {
  label: string;
  /** Units of 1e-10. */
  threshold: bigint;
}

interface RuleParts {
  id: string;
  owner: AlertOwner;
  name: string;
  scope: AlertScope;
  channels: readonly AlertChannel[];
  enabled: boolean;
  levels: readonly RuleLevel[];
  /** Names all that a state depends on; a state of another fingerprint is of another rule. */
  fingerprint: string;
  /** Epoch ms; `null` for rules of the host. */
  createdAtMs: number | null;
  updatedAtMs: number | null;
}

/** An alert rule as it is evaluated. */
export interface WatchRule extends RuleParts {
  kind: 'alert';
  metric: AlertMetric;
  window: AlertWindow;
  minCalls: number;
}

/** A budget as it is evaluated. */
export interface BudgetRule extends RuleParts {
  kind: 'budget';
  metric: BudgetMetric;
  window: CalendarWindow;
  minCalls: number;
  /** Units of 1e-10. */
  amount: bigint;
  levelPercents: readonly number[];
  enforce: boolean;
}

/** A rule as it is evaluated. */
export type Rule = WatchRule | BudgetRule;

/** Who made a rule, and when. */
export type RuleOrigin = Pick<Rule, 'id' | 'owner' | 'createdAtMs' | 'updatedAtMs'>;

/** Makes the rule of a definition. @throws TypeError when an amount of it is no decimal */
export function createRule(origin: RuleOrigin, definition: RuleDefinition): Rule {
  const { name, scope, channels, enabled } = definition;
  const shared = { ...origin, name, scope, channels, enabled };
  if (definition.kind === 'alert') {
    const { metric, window, minCalls } = definition;
    const levels = definition.levels.map((text) => ({ label: text, threshold: toUnits(text) }));
    const fingerprint = toFingerprint([metric, scope, window, minCalls], levels);
    return { ...shared, kind: 'alert', metric, window, minCalls, levels, fingerprint };
  }
  const { metric, window, levelPercents, enforce } = definition;
  const amount = toUnits(definition.amount);
  const levels = levelPercents.map((percent) => ({
    label: `${percent}%`,
    threshold: divideUp(amount * BigInt(percent), 100n),
  }));
  const fingerprint = toFingerprint([metric, scope, window], levels);
  const budget = { metric, window, minCalls: 0, amount, levelPercents, enforce };
  return { ...shared, kind: 'budget', ...budget, levels, fingerprint };
}

function toUnits(text: string): bigint {
  const units = parseUnits(text);
  if (units === null) throw new TypeError(`A rule has an amount that is no decimal: ${text}`);
  return units;
}

/** Objects are written member by member: the order in which JSON has them must not matter. */
function toFingerprint(parts: readonly unknown[], levels: readonly RuleLevel[]): string {
  const texts = [...parts, ...levels.map(({ label, threshold }) => `${label}=${threshold}`)];
  const sorted = texts.map((part) =>
    typeof part === 'object' && part !== null
      ? Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))
      : part,
  );
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url').slice(0, 22);
}
