import type { z } from 'zod';
import type {
  AlertRule,
  AlertRuleInput,
  AlertRulePatch,
  Alerts,
  Budget,
  BudgetInput,
  BudgetPatch,
  Budgets,
} from '../contract/alerts.js';
import { UsageError } from '../errors.js';
import { randomUUID } from 'node:crypto';
import type { Clock } from '../runtime/clock.js';
import { parseInstant } from '../values/parse-instant.js';
import { isUserDid } from '../values/user-did.js';
import type { AlertService } from './alert-service.js';
import type { EvaluationReport } from './evaluate-user.js';
import { alertRuleInput, alertRulePatch, budgetInput, budgetPatch } from './rule-schema.js';

/** Alert rules of users, for a host's own code; every method takes the user first. */
export interface HostAlerts {
  list(userDid: string): Promise<Alerts>;
  /** @throws UsageError `BODY_INVALID` that names the member at fault, `TOO_MANY_RULES` */
  create(userDid: string, rule: AlertRuleInput): Promise<AlertRule>;
  /** @throws UsageError as {@link create}, `RULE_NOT_FOUND`, `RULE_READ_ONLY` for a rule of the host */
  change(userDid: string, ruleId: string, patch: AlertRulePatch): Promise<AlertRule>;
  /** @throws UsageError `RULE_NOT_FOUND`, `RULE_READ_ONLY` */
  delete(userDid: string, ruleId: string): Promise<void>;
  /** Also of a budget. @throws UsageError `RULE_NOT_FOUND` */
  acknowledge(userDid: string, ruleId: string): Promise<void>;
  /** Also of a budget; `null` ends a snooze. @throws UsageError `RULE_NOT_FOUND` @throws TypeError for no instant */
  snooze(userDid: string, ruleId: string, until: Date | number | string | null): Promise<void>;
  /** Evaluates all rules and budgets of a user now, which the rollup and recording do by themselves. */
  evaluate(userDid: string): Promise<EvaluationReport>;
}

/** Budgets of users, for a host's own code; every method takes the user first. */
export interface HostBudgets {
  list(userDid: string): Promise<Budgets>;
  /** @throws UsageError `BODY_INVALID` that names the member at fault, `TOO_MANY_RULES` */
  create(userDid: string, budget: BudgetInput): Promise<Budget>;
  /** @throws UsageError as {@link create}, `RULE_NOT_FOUND`, `RULE_READ_ONLY` for a budget of the host */
  change(userDid: string, ruleId: string, patch: BudgetPatch): Promise<Budget>;
  /** @throws UsageError `RULE_NOT_FOUND`, `RULE_READ_ONLY` */
  delete(userDid: string, ruleId: string): Promise<void>;
}

/** Makes both over the service of the endpoints. @param evaluate evaluates a user */
export function createHostAlerts(
  service: AlertService,
  clock: Clock,
  evaluate: HostAlerts['evaluate'],
): { alerts: HostAlerts; budgets: HostBudgets } {
  const write = (): { projects: null; nowMs: number } => ({ projects: null, nowMs: clock.now() });
  return {
    alerts: {
      list: async (userDid) => service.listAlerts(requireUser(userDid), write()),
      create: async (userDid, rule) => {
        const input = parse(alertRuleInput, rule);
        return service.createAlert(requireUser(userDid), { id: randomUUID(), input }, write());
      },
      change: async (userDid, id, change) => {
        const patch = parse(alertRulePatch, change);
        return service.changeAlert(requireUser(userDid), { id, patch }, write());
      },
      delete: async (userDid, id) => {
        await service.deleteAlert(requireUser(userDid), id, write());
      },
      acknowledge: async (userDid, id) => {
        const attention = { acknowledgedAtMs: clock.now() };
        await service.attend(requireUser(userDid), { id, attention }, write());
      },
      snooze: async (userDid, id, until) => {
        const attention = { snoozedUntilMs: until === null ? null : readUntil(until) };
        await service.attend(requireUser(userDid), { id, attention }, write());
      },
      evaluate: async (userDid) => evaluate(requireUser(userDid)),
    },
    budgets: {
      list: async (userDid) => service.listBudgets(requireUser(userDid), write()),
      create: async (userDid, budget) => {
        const input = parse(budgetInput, budget);
        return service.createBudget(requireUser(userDid), { id: randomUUID(), input }, write());
      },
      change: async (userDid, id, change) => {
        const patch = parse(budgetPatch, change);
        return service.changeBudget(requireUser(userDid), { id, patch }, write());
      },
      delete: async (userDid, id) => {
        await service.deleteBudget(requireUser(userDid), id, write());
      },
    },
  };
}

/** @throws TypeError for a text that names no user */
function requireUser(userDid: string): string {
  if (isUserDid(userDid)) return userDid;
  throw new TypeError('userDid must be a non-empty string');
}

function readUntil(until: Date | number | string): number {
  const untilMs = parseInstant(until);
  if (untilMs !== null) return untilMs;
  throw new TypeError('until must be a Date, epoch milliseconds or RFC 3339');
}

/** @throws UsageError `BODY_INVALID` that names every member at fault */
function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const items = parsed.error.issues.map(({ path, message }) => ({
    parameter: path.join('.') || 'rule',
    detail: message,
  }));
  const faults = items.map(({ parameter, detail }) => `\`${parameter}\` ${detail}`);
  throw new UsageError('BODY_INVALID', `${faults.join('; ')}.`, { items });
}
