import type { z } from 'zod';
import type { AlertChannel } from '../contract/alerts.js';
import type { Logger } from '../runtime/logger.js';
import { isIdentifier } from '../values/user-did.js';
import type { AlertOptions, HostRule, HostRules } from './alert-options.js';
import { createRule, type Rule } from './model/alert-rule.js';
import { defineBudget, defineWatch } from './model/rule-definition.js';
import {
  alertRuleInput,
  budgetInput,
  findBudgetFault,
  findChannelFault,
  findWatchFault,
} from './rule-schema.js';

/** What ids of the host's rules begin with; those of users have no colon. */
const HOST_RULE_PREFIX = 'host:';
const MAX_ID_LENGTH = 58;

/** Lists the host's rules for a user. */
export type ListHostRules = (userDid: string) => Promise<readonly Rule[]>;

/**
 * Makes the list of the host's rules. One that a function of the host returns and that is not sound is left out with an
 * error in the log, so that it does not end the evaluation of the others.
 *
 * @param channels that the host has
 * @returns `null` when the host has no rules
 * @throws TypeError that names the rule at fault of a list
 */
export function createHostRules(
  rules: AlertOptions['rules'],
  channels: readonly AlertChannel[],
  logger: Logger,
): ListHostRules | null {
  if (rules === undefined) return null;
  if (typeof rules !== 'function') {
    const checked = requireRules(rules, 'alerts.rules').map((rule, index) =>
      checkRule(rule, channels, `alerts.rules[${index}]`),
    );
    requireDifferent(checked);
    return checked.length === 0 ? null : () => Promise.resolve(checked);
  }
  const contain = <T>(work: () => T): T[] => {
    try {
      return [work()];
    } catch (error) {
      logger.error('The option alerts.rules failed', { error });
      return [];
    }
  };
  return async (userDid) => {
    try {
      const listed = requireRules(await rules(userDid), 'alerts.rules()');
      const checked = listed.flatMap((rule, index) =>
        contain(() => checkRule(rule, channels, `alerts.rules()[${index}]`)),
      );
      requireDifferent(checked);
      return checked;
    } catch (error) {
      logger.error('The option alerts.rules failed', { error });
      return [];
    }
  };
}

function requireRules(rules: HostRules, path: string): HostRules {
  if (!Array.isArray(rules)) throw new TypeError(`${path} must be a list of rules`);
  return rules as HostRules;
}

function requireDifferent(rules: readonly Rule[]): void {
  const ids = new Set(rules.map(({ id }) => id));
  if (ids.size < rules.length) throw new TypeError('alerts.rules: each rule needs another id');
}

function checkRule(rule: HostRule, channels: readonly AlertChannel[], path: string): Rule {
  if (typeof (rule as unknown) !== 'object' || (rule as unknown) === null) {
    throw new TypeError(`${path} must be a rule`);
  }
  const { id } = rule;
  if (!isIdentifier(id, MAX_ID_LENGTH)) {
    throw new TypeError(`${path}.id must be a text of at most ${MAX_ID_LENGTH} characters`);
  }
  const origin = {
    id: HOST_RULE_PREFIX + id,
    owner: 'host' as const,
    createdAtMs: null,
    updatedAtMs: null,
  };
  if (rule.kind === 'alert') {
    const { id: _id, kind: _kind, ...input } = rule;
    const parsed = parse(alertRuleInput, input, path);
    requireSound(findWatchFault(parsed) ?? findChannelFault(parsed.channels ?? [], channels), path);
    return createRule(origin, defineWatch(parsed));
  }
  if ((rule.kind as unknown) !== 'budget') {
    throw new TypeError(`${path}.kind must be "alert" or "budget"`);
  }
  const { id: _id, kind: _kind, ...input } = rule;
  const parsed = parse(budgetInput, input, path);
  requireSound(findBudgetFault(parsed) ?? findChannelFault(parsed.channels ?? [], channels), path);
  return createRule(origin, defineBudget(parsed));
}

function parse<T>(schema: z.ZodType<T>, input: unknown, path: string): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const member = issue && issue.path.length > 0 ? `.${issue.path.join('.')}` : '';
  throw new TypeError(`${path}${member}: ${issue?.message ?? 'is not a rule'}`);
}

function requireSound(fault: { parameter: string; detail: string } | null, path: string): void {
  if (fault) throw new TypeError(`${path}.${fault.parameter} ${fault.detail}`);
}
