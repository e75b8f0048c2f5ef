import { execute, numberOrNull, queryRow, queryRows } from '../db/executor.js';
import { listValues, sql } from '../db/sql.js';
import { splitIntoChunks, type Transaction } from '../db/transaction.js';
import { insertMissingRows, upsertRows, type UpsertTarget } from '../db/upsert-rows.js';
import type { RuleDefinition } from './model/rule-definition.js';
import type { RuleState } from './model/rule-state.js';

/** A rule of a user, as its row has it. */
export interface StoredRule {
  id: string;
  definition: RuleDefinition;
  /** Epoch ms. */
  createdAtMs: number;
  updatedAtMs: number;
}

/** The state of a rule, and what readers did about it. */
export interface StoredState {
  ruleId: string;
  /** `null` before the first evaluation. */
  state: RuleState | null;
  /** Epoch ms. */
  acknowledgedAtMs: number | null;
  snoozedUntilMs: number | null;
}

const USERS: UpsertTarget = {
  table: 'model_alert_users',
  columns: [
    { name: 'user_did', kind: 'text' },
    { name: 'revision', kind: 'integer' },
  ],
  key: ['user_did'],
};
const RULES: UpsertTarget = {
  table: 'model_alert_rules',
  columns: [
    { name: 'user_did', kind: 'text' },
    { name: 'rule_id', kind: 'text' },
    { name: 'kind', kind: 'text' },
    { name: 'definition', kind: 'text' },
    { name: 'created_at_ms', kind: 'integer' },
    { name: 'updated_at_ms', kind: 'integer' },
  ],
  key: ['user_did', 'rule_id'],
};
const STATES: UpsertTarget = {
  table: 'model_alert_states',
  columns: [
    { name: 'user_did', kind: 'text' },
    { name: 'rule_id', kind: 'text' },
    { name: 'state', kind: 'text' },
    { name: 'acknowledged_at_ms', kind: 'integer' },
    { name: 'snoozed_until_ms', kind: 'integer' },
  ],
  key: ['user_did', 'rule_id'],
};

/** Makes the row of a user's alerts unless there is one. */
export async function addAlertUser(transaction: Transaction, userDid: string): Promise<void> {
  await insertMissingRows(transaction, USERS, [[userDid, 0]]);
}

/** Reads how often rules or states of a user changed; `null`: the user has no row. */
export async function readAlertRevision(
  transaction: Transaction,
  userDid: string,
): Promise<number | null> {
  const row = await queryRow<{ revision: number | string }>(
    transaction,
    sql`select revision from model_alert_users where user_did = ${userDid}`,
  );
  return numberOrNull(row?.revision);
}

/**
 * Begins a transaction that changes rules or states of a user: locks the user's alerts and raises their revision. Must be the
 * first statement.
 *
 * @param expected the revision that they must have
 * @returns whether they had it; false: another has changed them, or the user was erased
 */
export async function lockAlerts(
  { trx }: Transaction,
  userDid: string,
  expected?: number,
): Promise<boolean> {
  const count = await trx('model_alert_users')
    .where('user_did', userDid)
    .where((row) => {
      if (expected !== undefined) void row.where('revision', expected);
    })
    .update({ revision: trx.raw('revision + 1') });
  return count > 0;
}

/** Sets when rules of a user are to be evaluated though no call is recorded, epoch ms; `null`: never. */
export async function setAlertsDue(
  { trx }: Transaction,
  userDid: string,
  dueAtMs: number | null,
): Promise<void> {
  await trx('model_alert_users').where('user_did', userDid).update({ due_at_ms: dueAtMs });
}

/** Reads the users whose rules are due at an instant, epoch ms: the longest due first. */
export async function readDueAlerts(
  transaction: Transaction,
  nowMs: number,
  limit: number,
): Promise<string[]> {
  const rows = await queryRows<{ user_did: string }>(
    transaction,
    sql`select user_did from model_alert_users where due_at_ms <= ${nowMs} order by due_at_ms limit ${limit}`,
  );
  return rows.map(({ user_did }) => user_did);
}

const USERS_PER_STATEMENT = 500;

/** Returns those users that have rules of their own. */
export async function filterRuleOwners(
  transaction: Transaction,
  userDids: readonly string[],
): Promise<string[]> {
  const owners: string[] = [];
  for (const chunk of splitIntoChunks(USERS_PER_STATEMENT, [...userDids])) {
    const rows = await queryRows<{ user_did: string }>(
      transaction,
      sql`select distinct user_did from model_alert_rules where user_did in (${listValues(chunk)})`,
    );
    owners.push(...rows.map(({ user_did }) => user_did));
  }
  return owners;
}

interface RuleRow {
  rule_id: string;
  definition: string;
  created_at_ms: number | string;
  updated_at_ms: number | string;
}

/** Reads the rules of a user, the oldest first. */
export async function readRules(transaction: Transaction, userDid: string): Promise<StoredRule[]> {
  const rows = await queryRows<RuleRow>(
    transaction,
    sql`select rule_id, definition, created_at_ms, updated_at_ms from model_alert_rules
      where user_did = ${userDid} order by created_at_ms, rule_id`,
  );
  return rows.map((row) => ({
    id: row.rule_id,
    definition: JSON.parse(row.definition) as RuleDefinition,
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
  }));
}

/** Stores a rule of a user, or replaces it. */
export async function writeRule(
  transaction: Transaction,
  userDid: string,
  { id, definition, createdAtMs, updatedAtMs }: StoredRule,
): Promise<void> {
  const row = [userDid, id, definition.kind, JSON.stringify(definition), createdAtMs, updatedAtMs];
  await upsertRows(transaction, RULES, [row]);
}

/** Deletes a rule of a user with its state; its events stay. */
export async function deleteRule(
  transaction: Transaction,
  userDid: string,
  ruleId: string,
): Promise<void> {
  await execute(
    transaction,
    sql`delete from model_alert_rules where user_did = ${userDid} and rule_id = ${ruleId}`,
  );
  await execute(
    transaction,
    sql`delete from model_alert_states where user_did = ${userDid} and rule_id = ${ruleId}`,
  );
}

interface StateRow {
  rule_id: string;
  state: string | null;
  acknowledged_at_ms: number | string | null;
  snoozed_until_ms: number | string | null;
}

/** Reads the states of a user's rules, by rule. */
export async function readStates(
  transaction: Transaction,
  userDid: string,
): Promise<Map<string, StoredState>> {
  const rows = await queryRows<StateRow>(
    transaction,
    sql`select rule_id, state, acknowledged_at_ms, snoozed_until_ms from model_alert_states
      where user_did = ${userDid}`,
  );
  return new Map(
    rows.map((row) => [
      row.rule_id,
      {
        ruleId: row.rule_id,
        state: row.state === null ? null : (JSON.parse(row.state) as RuleState),
        acknowledgedAtMs: numberOrNull(row.acknowledged_at_ms),
        snoozedUntilMs: numberOrNull(row.snoozed_until_ms),
      },
    ]),
  );
}

/** Stores states of a user's rules, in a transaction that has locked them. */
export async function writeStates(
  transaction: Transaction,
  userDid: string,
  states: readonly StoredState[],
): Promise<void> {
  const rows = states.map(({ ruleId, state, acknowledgedAtMs, snoozedUntilMs }) => [
    userDid,
    ruleId,
    state && JSON.stringify(state),
    acknowledgedAtMs,
    snoozedUntilMs,
  ]);
  await upsertRows(transaction, STATES, rows);
}
