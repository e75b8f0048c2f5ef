import type { Budget, BudgetPoint, Budgets } from '../contract/alerts.js';
import { timeBuckets } from '../queries/time-buckets.js';
import { readSnapshot, type UserSnapshot } from '../queries/user-snapshot.js';
import { FORECAST_DAYS } from '../quota/quota-forecast.js';
import { HOUR_MS, UTC_DAY_MS, floorTo, toInstant, type TimeRange } from '../values/time.js';
import type { RuleQuery, RuleReadDependencies } from './list-alerts.js';
import { listRules } from './list-rules.js';
import { getCalendarPeriod } from './model/alert-period.js';
import type { BudgetRule } from './model/alert-rule.js';
import { formatUnits } from './model/amounts.js';
import { readValue } from './model/measure-rule.js';
import { projectSpending } from './model/project-spending.js';
import { toRuleBase, type RuleRecord } from './model/rule-response.js';
import { readRuleFigures, type FigureNeed } from './read-rule-figures.js';
import { readRuleRecords } from './read-rule-records.js';
import { isVisible } from './rule-access.js';

/** Reads the budgets of a user with what is spent now. @throws StatementError when the database fails */
export function listBudgets(
  deps: RuleReadDependencies,
  userDid: string,
  { projects, nowMs }: RuleQuery,
): Promise<Budgets> {
  return readSnapshot(deps.database, userDid, nowMs, async (snapshot) => {
    const { transaction, freshness, currency } = snapshot;
    const rules = await listRules(deps, transaction, userDid);
    const recordOf = await readRuleRecords(transaction, userDid);
    const budgets = rules
      .filter((rule) => rule.kind === 'budget')
      .filter(({ scope }) => isVisible(scope, projects));
    const plans = budgets.map((rule) => planBudget(rule, nowMs));
    const needs = plans.flatMap(({ starts, rule: { scope } }) =>
      starts.map((fromMs) => ({ scope, fromMs })),
    );
    const figures = await readRuleFigures(snapshot, needs, nowMs + 1);
    const items: Budget[] = [];
    for (const plan of plans) {
      const spentSince = (fromMs: number): bigint | null => {
        const need: FigureNeed = { scope: plan.rule.scope, fromMs };
        return readValue(plan.rule.metric, figures(need), 0);
      };
      const firstCallAtMs = await readFirstCall(snapshot, plan.rule);
      const context = { nowMs, currency, firstCallAtMs, spentSince };
      items.push(toBudget(plan, recordOf(plan.rule.id), context));
    }
    return { items, channels: [...deps.channels], freshness };
  });
}

/** Of a model, that of all calls: no row has the first call of each. */
function readFirstCall(snapshot: UserSnapshot, { scope }: BudgetRule): Promise<number | null> {
  return snapshot.firstCallAtMs(scope.kind === 'project' ? scope.appDid : null);
}

/** A budget, and the instants that its figures begin at. */
interface BudgetPlan {
  rule: BudgetRule;
  period: TimeRange;
  /** Days of the period up to now. */
  days: readonly TimeRange[];
  /** Ends of whole 24 hours before now, newest first, and the start of the last of them. */
  paceMs: readonly number[];
  starts: readonly number[];
}

function planBudget(rule: BudgetRule, nowMs: number): BudgetPlan {
  const period = getCalendarPeriod(rule.window, nowMs);
  const { timeZone } = rule.window;
  const days = timeBuckets({ fromMs: period.fromMs, toMs: nowMs + 1 }, 'day', timeZone).map(
    ({ fromMs }) => ({
      fromMs,
      toMs: getCalendarPeriod({ ...rule.window, unit: 'day' }, fromMs).toMs,
    }),
  );
  const endMs = floorTo(HOUR_MS, nowMs);
  const paceMs = Array.from({ length: FORECAST_DAYS + 1 }, (_, day) => endMs - day * UTC_DAY_MS);
  return { rule, period, days, paceMs, starts: [...days.map(({ fromMs }) => fromMs), ...paceMs] };
}

interface BudgetContext {
  nowMs: number;
  currency: string;
  firstCallAtMs: number | null;
  /** Units of 1e-10 from an instant until now; `null`: unknown. */
  spentSince: (fromMs: number) => bigint | null;
}

function toBudget(plan: BudgetPlan, record: RuleRecord, context: BudgetContext): Budget {
  const { rule, period } = plan;
  const { metric, amount } = rule;
  const { nowMs, currency, spentSince } = context;
  const spent = spentSince(period.fromMs);
  const remainingMs = period.toMs - nowMs;
  const dailyUse = listDailyUse(plan, context);
  return {
    kind: 'budget',
    ...toRuleBase(rule, record, nowMs),
    metric,
    window: rule.window,
    amount: formatUnits(amount),
    currency: metric === 'cost' ? currency : null,
    levelPercents: [...rule.levelPercents],
    enforce: rule.enforce,
    spent: spent === null ? null : formatUnits(spent),
    share: spent === null ? null : Number((spent * 10_000n) / amount) / 10_000,
    periodStart: toInstant(period.fromMs),
    periodEnd: toInstant(period.toMs),
    series: toSeries(plan, spent, context),
    projection: spent === null ? null : projectSpending({ metric, spent, dailyUse, remainingMs }),
  };
}

/** What is spent by the end of each day: all that is spent, less what is spent since. */
function toSeries(
  { days }: BudgetPlan,
  spent: bigint | null,
  context: BudgetContext,
): BudgetPoint[] {
  return days.map(({ fromMs, toMs }, index) => {
    const next = days[index + 1];
    const since = next === undefined ? 0n : (context.spentSince(next.fromMs) ?? 0n);
    return {
      start: toInstant(fromMs),
      end: toInstant(toMs),
      spent: spent === null ? null : formatUnits(spent - since),
    };
  });
}

/** Use of whole 24 hours, newest first, none from before the first call; unknown amounts count as none. */
function listDailyUse({ paceMs }: BudgetPlan, context: BudgetContext): bigint[] {
  const { firstCallAtMs, spentSince } = context;
  const [endMs] = paceMs;
  if (firstCallAtMs === null || endMs === undefined) return [];
  const elapsed = Math.max(0, Math.floor((endMs - firstCallAtMs) / UTC_DAY_MS));
  const since = paceMs.map((fromMs) => spentSince(fromMs) ?? 0n);
  return since
    .slice(1)
    .map((use, index) => use - (since[index] ?? 0n))
    .slice(0, elapsed);
}
