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
import type { Logger } from '../runtime/logger.js';
import type { AlertEvaluator } from './alert-evaluator.js';
import { listAlerts, type RuleQuery } from './list-alerts.js';
import { listBudgets } from './list-budgets.js';
import {
  attendToRule,
  changeUserRule,
  createUserRule,
  deleteUserRule,
  type Attention,
  type RuleWriteDependencies,
  type RuleWriter,
} from './write-rules.js';

/** Alert rules and budgets of users, for endpoints and for the host. Inputs are checked by their schemas before. */
export interface AlertService {
  listAlerts(userDid: string, query: RuleQuery): Promise<Alerts>;
  createAlert(userDid: string, rule: NewAlert, writer: RuleWriter): Promise<AlertRule>;
  changeAlert(userDid: string, change: AlertChange, writer: RuleWriter): Promise<AlertRule>;
  deleteAlert(userDid: string, id: string, writer: RuleWriter): Promise<null>;
  /** Acknowledges or snoozes an alert rule or a budget. */
  attend(userDid: string, change: AttentionChange, writer: RuleWriter): Promise<null>;
  listBudgets(userDid: string, query: RuleQuery): Promise<Budgets>;
  createBudget(userDid: string, rule: NewBudget, writer: RuleWriter): Promise<Budget>;
  changeBudget(userDid: string, change: BudgetChange, writer: RuleWriter): Promise<Budget>;
  deleteBudget(userDid: string, id: string, writer: RuleWriter): Promise<null>;
}

/** An alert rule that is to be made. */
export interface NewAlert {
  id: string;
  input: AlertRuleInput;
}
/** A change of an alert rule. */
export interface AlertChange {
  id: string;
  patch: AlertRulePatch;
}
/** A budget that is to be made. */
export interface NewBudget {
  id: string;
  input: BudgetInput;
}
/** A change of a budget. */
export interface BudgetChange {
  id: string;
  patch: BudgetPatch;
}
/** What a reader does about a rule. */
export interface AttentionChange {
  id: string;
  attention: Attention;
}

/** Dependencies of the service. */
export interface AlertServiceOptions extends RuleWriteDependencies {
  evaluator: AlertEvaluator;
  logger: Logger;
}

/** Makes the service. */
export function createAlertService(options: AlertServiceOptions): AlertService {
  const { evaluator, logger } = options;
  const findAlert = async (userDid: string, id: string, writer: RuleWriter): Promise<AlertRule> =>
    requireItem((await listAlerts(options, userDid, writer)).items, id);
  const findBudget = async (userDid: string, id: string, writer: RuleWriter): Promise<Budget> =>
    requireItem((await listBudgets(options, userDid, writer)).items, id);
  // The rule is stored; the rollup evaluates it otherwise, since it is due.
  const evaluate = async (userDid: string): Promise<void> => {
    try {
      await evaluator.evaluate(userDid);
    } catch (error) {
      logger.warn('A new alert rule was not evaluated yet', { error });
    }
  };
  return {
    listAlerts: (userDid, query) => listAlerts(options, userDid, query),
    createAlert: async (userDid, { id, input }, writer) => {
      await createUserRule(options, userDid, { kind: 'alert', id, input }, writer);
      await evaluate(userDid);
      return findAlert(userDid, id, writer);
    },
    changeAlert: async (userDid, { id, patch }, writer) => {
      await changeUserRule(options, userDid, { kind: 'alert', id, patch }, writer);
      await evaluate(userDid);
      return findAlert(userDid, id, writer);
    },
    deleteAlert: async (userDid, id, writer) => {
      await deleteUserRule(options, userDid, { id, kind: 'alert' }, writer);
      return null;
    },
    attend: async (userDid, change, writer) => {
      await attendToRule(options, userDid, change, writer);
      return null;
    },
    listBudgets: (userDid, query) => listBudgets(options, userDid, query),
    createBudget: async (userDid, { id, input }, writer) => {
      await createUserRule(options, userDid, { kind: 'budget', id, input }, writer);
      await evaluate(userDid);
      return findBudget(userDid, id, writer);
    },
    changeBudget: async (userDid, { id, patch }, writer) => {
      await changeUserRule(options, userDid, { kind: 'budget', id, patch }, writer);
      await evaluate(userDid);
      return findBudget(userDid, id, writer);
    },
    deleteBudget: async (userDid, id, writer) => {
      await deleteUserRule(options, userDid, { id, kind: 'budget' }, writer);
      return null;
    },
  };
}

/** @throws UsageError when another request has deleted the rule meanwhile */
function requireItem<T extends { id: string }>(items: readonly T[], id: string): T {
  const item = items.find((candidate) => candidate.id === id);
  if (item !== undefined) return item;
  throw new UsageError('RULE_NOT_FOUND', `You have no rule "${id}".`);
}
