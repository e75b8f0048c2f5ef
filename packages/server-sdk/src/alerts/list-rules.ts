import type { Transaction } from '../db/transaction.js';
import type { ListHostRules } from './host-rules.js';
import { createRule, type Rule } from './model/alert-rule.js';
import { readRules, type StoredRule } from './rule-store.js';

/** Lists all rules of a user: the host's, then the user's, the oldest first. @throws StatementError when the database fails */
export async function listRules(
  { listHostRules }: { listHostRules: ListHostRules | null },
  transaction: Transaction,
  userDid: string,
): Promise<Rule[]> {
  const ofHost = listHostRules === null ? [] : await listHostRules(userDid);
  const ofUser = await readRules(transaction, userDid);
  return [...ofHost, ...ofUser.map(toRule)];
}

/** The rule of a row. */
function toRule({ id, definition, createdAtMs, updatedAtMs }: StoredRule): Rule {
  return createRule({ id, owner: 'user', createdAtMs, updatedAtMs }, definition);
}
