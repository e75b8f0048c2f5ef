import type {
  AlertRuleInput,
  AlertRulePatch,
  BudgetInput,
  BudgetPatch,
} from '../contract/alerts.js';
import { UsageError } from '../errors.js';
import { retryWrites } from '../db/retry-writes.js';
import { withoutTransaction, writeInTransaction, type Transaction } from '../db/transaction.js';
import type { RuleReadDependencies } from './list-alerts.js';
import { listRules } from './list-rules.js';
import type { Rule } from './model/alert-rule.js';
import { defineBudget, defineWatch, type RuleDefinition } from './model/rule-definition.js';
import { requireRule, requireVisible, type VisibleProjects } from './rule-access.js';
import {
  findBudgetFault,
  findChannelFault,
  findWatchFault,
  type RuleFault,
} from './rule-schema.js';
import {
  addAlertUser,
  deleteRule,
  lockAlerts,
  readRules,
  readStates,
  setAlertsDue,
  writeRule,
  writeStates,
  type StoredRule,
  type StoredState,
} from './rule-store.js';

/** Dependencies of changing rules. */
export interface RuleWriteDependencies extends RuleReadDependencies {
  /** Maximum number of rules and budgets of a user. */
  maxRulesPerUser: number;
}

/** Who changes a rule, and when. */
export interface RuleWriter {
  projects: VisibleProjects;
  /** Epoch ms. */
  nowMs: number;
}

/** A rule that is to be made; all its members are checked by their schema. */
export type NewRule =
  { kind: 'alert'; input: AlertRuleInput } | { kind: 'budget'; input: BudgetInput };

/** A change of a rule; all its members are checked by their schema. */
export type RuleChange =
  { kind: 'alert'; patch: AlertRulePatch } | { kind: 'budget'; patch: BudgetPatch };

/**
 * Makes a rule of a user. One that has the id already is the same request again, and stays as it is.
 *
 * @param rule its `id` is as the request names it
 * @throws UsageError `BODY_INVALID`, `PROJECT_FORBIDDEN`, `TOO_MANY_RULES`
 */
export async function createUserRule(
  deps: RuleWriteDependencies,
  userDid: string,
  rule: NewRule & { id: string },
  { projects, nowMs }: RuleWriter,
): Promise<void> {
  const definition = define(rule);
  requireSound(findChannelFault(rule.input.channels ?? [], deps.channels));
  requireVisible(definition.scope, projects);
  await changeRules(deps, userDid, async (transaction) => {
    const known = await readRules(transaction, userDid);
    if (known.some(({ id }) => id === rule.id)) return;
    if (known.length >= deps.maxRulesPerUser) {
      throw new UsageError(
        'TOO_MANY_RULES',
        `You have ${known.length} rules and budgets, and may have ${deps.maxRulesPerUser}.`,
      );
    }
    const { id } = rule;
    await writeRule(transaction, userDid, {
      id,
      definition,
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
    });
    await setAlertsDue(transaction, userDid, nowMs);
  });
}

/**
 * Changes a rule of a user. Where it counts something else from now on, its state begins anew.
 *
 * @throws UsageError `RULE_NOT_FOUND`, `RULE_READ_ONLY`, `BODY_INVALID`, `PROJECT_FORBIDDEN`
 */
export async function changeUserRule(
  deps: RuleWriteDependencies,
  userDid: string,
  change: RuleChange & { id: string },
  { projects, nowMs }: RuleWriter,
): Promise<void> {
  const { id, kind } = change;
  // Channels that stay as they are may be gone from the host: the rest of the rule can be changed.
  requireSound(findChannelFault(change.patch.channels ?? [], deps.channels));
  await requireOwnRule(deps, userDid, { id, kind, projects });
  await changeRules(deps, userDid, async (transaction) => {
    const stored = (await readRules(transaction, userDid)).find((rule) => rule.id === id);
    if (stored === undefined) throw createNotFound(id);
    const definition = applyPatch(stored, change);
    requireVisible(definition.scope, projects);
    await writeRule(transaction, userDid, { ...stored, definition, updatedAtMs: nowMs });
    await setAlertsDue(transaction, userDid, nowMs);
  });
}

/** Deletes a rule of a user; its events stay until the user is erased. @throws UsageError as {@link changeUserRule} */
export async function deleteUserRule(
  deps: RuleWriteDependencies,
  userDid: string,
  { id, kind }: { id: string; kind: Rule['kind'] },
  { projects }: RuleWriter,
): Promise<void> {
  await requireOwnRule(deps, userDid, { id, kind, projects });
  await changeRules(deps, userDid, (transaction) => deleteRule(transaction, userDid, id));
}

/** What a reader does about a rule: epoch ms, or `null` to undo it. */
export type Attention = Partial<Pick<StoredState, 'acknowledgedAtMs' | 'snoozedUntilMs'>>;

/**
 * Acknowledges or snoozes a rule of the user or of the host.
 *
 * @throws UsageError `RULE_NOT_FOUND`
 */
export async function attendToRule(
  deps: RuleWriteDependencies,
  userDid: string,
  { id, attention }: { id: string; attention: Attention },
  { projects }: RuleWriter,
): Promise<void> {
  requireRule(await readAll(deps, userDid), id, { projects });
  await changeRules(deps, userDid, async (transaction) => {
    const stored = (await readStates(transaction, userDid)).get(id);
    const before = { ruleId: id, state: null, acknowledgedAtMs: null, snoozedUntilMs: null };
    await writeStates(transaction, userDid, [{ ...(stored ?? before), ...attention }]);
  });
}

function readAll(deps: RuleReadDependencies, userDid: string): Promise<Rule[]> {
  return listRules(deps, withoutTransaction(deps.database), userDid);
}

async function requireOwnRule(
  deps: RuleReadDependencies,
  userDid: string,
  { id, kind, projects }: { id: string; kind: Rule['kind']; projects: VisibleProjects },
): Promise<void> {
  const { owner } = requireRule(await readAll(deps, userDid), id, { projects, kind });
  if (owner === 'user') return;
  throw new UsageError(
    'RULE_READ_ONLY',
    'A rule of the host can be acknowledged and snoozed, not changed.',
  );
}

/** Runs changes of a user's rules, which exclude each other and evaluations. */
function changeRules(
  { database }: RuleReadDependencies,
  userDid: string,
  change: (transaction: Transaction) => Promise<void>,
): Promise<void> {
  return retryWrites(() =>
    writeInTransaction(database, async (transaction) => {
      if (!(await lockAlerts(transaction, userDid))) {
        await addAlertUser(transaction, userDid);
        await lockAlerts(transaction, userDid);
      }
      await change(transaction);
    }),
  );
}

function define(rule: NewRule): RuleDefinition {
  if (rule.kind === 'alert') {
    requireSound(findWatchFault(rule.input));
    return defineWatch(rule.input);
  }
  requireSound(findBudgetFault(rule.input));
  return defineBudget(rule.input);
}

function applyPatch({ id, definition }: StoredRule, change: RuleChange): RuleDefinition {
  if (change.kind === 'alert' && definition.kind === 'alert') {
    const { kind, minCalls, ...known } = definition;
    // What a metric does not have is not carried to another.
    const min = minCalls === 0 ? {} : { minCalls };
    const metric = change.patch.metric ?? known.metric;
    const carried = metric === known.metric ? min : {};
    return define({ kind, input: { ...known, ...carried, ...withoutMissing(change.patch) } });
  }
  if (change.kind === 'budget' && definition.kind === 'budget') {
    const { kind, ...known } = definition;
    return define({ kind, input: { ...known, ...withoutMissing(change.patch) } });
  }
  throw createNotFound(id);
}

/** Without members that are undefined, which would replace known ones. */
function withoutMissing<T extends object>(patch: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(patch).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function requireSound(fault: RuleFault | null): void {
  if (fault === null) return;
  const message = `\`${fault.parameter}\` ${fault.detail}.`;
  throw new UsageError('BODY_INVALID', message, { items: [fault] });
}

function createNotFound(id: string): UsageError {
  return new UsageError('RULE_NOT_FOUND', `You have no rule "${id}".`);
}
