import type { AlertScope, BudgetMetric } from '../../contract/alerts.js';
import type { Database } from '../../db/database.js';
import { withoutTransaction } from '../../db/transaction.js';
import { readSnapshot } from '../../queries/user-snapshot.js';
import type { ListHostRules } from '../host-rules.js';
import { listRules } from '../list-rules.js';
import { getCalendarPeriod } from '../model/alert-period.js';
import type { BudgetRule, Rule } from '../model/alert-rule.js';
import { measureRule } from '../model/measure-rule.js';
import { readRuleFigures } from '../read-rule-figures.js';

/** A budget that is enforced, and what of it was spent. */
export interface EnforcedBudget {
  id: string;
  name: string;
  metric: BudgetMetric;
  scope: AlertScope;
  /** Units of 1e-10; `null`: unknown. */
  spent: bigint | null;
  /** Units of 1e-10. */
  amount: bigint;
  /** End of the period, epoch ms. */
  resetsAtMs: number;
}

/** What the budgets of a user are read from. */
export interface BudgetReadDependencies {
  database: Database;
  /** `null`: the host has no rules. */
  listHostRules: ListHostRules | null;
}

/**
 * Reads the enforced budgets of a user with what was spent of them by now, on the figures of one snapshot.
 *
 * @throws StatementError when the database fails
 */
export async function readEnforcedBudgets(
  deps: BudgetReadDependencies,
  userDid: string,
  nowMs: number,
): Promise<EnforcedBudget[]> {
  const { database } = deps;
  const rules = await listRules(deps, withoutTransaction(database), userDid);
  const budgets = rules.filter(isEnforced);
  if (budgets.length === 0) return [];
  const needs = budgets.map(({ scope, window }) => ({
    scope,
    ...getCalendarPeriod(window, nowMs),
  }));
  return readSnapshot(database, userDid, nowMs, async (snapshot) => {
    // A call of this very millisecond counts.
    const read = await readRuleFigures(snapshot, needs, nowMs + 1);
    return budgets.flatMap((budget, index) => {
      const need = needs[index];
      if (need === undefined) return [];
      const { id, name, metric, scope, amount } = budget;
      const { value: spent } = measureRule(budget, read(need), NONE_BACKDATED);
      return [{ id, name, metric, scope, spent, amount, resetsAtMs: need.toMs }];
    });
  });
}

/** A call counts whenever it is recorded: only events leave back-dated ones out. */
const NONE_BACKDATED = {
  ...{ calls: 0, failedCalls: 0, endedCalls: 0 },
  ...{ totalTokens: 0n, creditsE10: 0n, costE10: 0n },
};

function isEnforced(rule: Rule): rule is BudgetRule {
  return rule.kind === 'budget' && rule.enforce && rule.enabled;
}
