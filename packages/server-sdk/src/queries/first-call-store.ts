import { TABLES } from '../db/tables.js';
import { callsOf, numberOrNull, rowsOf, type Sql, type Transaction } from '../db/transaction.js';

/**
 * Start of a user's first call, epoch ms; `null` without a call.
 *
 * @param appDid one project, or `null` for all
 * @param hasArchived whether calls of the user were archived: the first may be one of them
 */
export async function readFirstCall(
  transaction: Transaction,
  userDid: string,
  appDid: string | null,
  hasArchived: boolean,
): Promise<number | null> {
  const parts = selectFirsts(transaction, userDid, appDid);
  if (hasArchived) parts.push(selectArchived(userDid, appDid));
  const union = parts.map(({ sql }) => sql).join(' union all ');
  const [row] = rowsOf<{ first_ms: number | string | null }>(
    await transaction.trx.raw(
      `select min(first_ms) as first_ms from (${union}) as firsts`,
      parts.flatMap(({ bindings }) => bindings),
    ),
  );
  return numberOrNull(row?.first_ms ?? null);
}

function selectFirsts(transaction: Transaction, userDid: string, appDid: string | null): Sql[] {
  const { table, time, ofUser, ofProject } = callsOf(transaction);
  const user = ofUser(userDid);
  const projects = appDid === null ? [{ sql: '', bindings: [] }] : ofProject(appDid);
  return projects.map(({ sql, bindings }) => ({
    sql: `select ${time.toMs(`min(${time.column})`)} as first_ms from ${table}
      where ${user.sql} ${sql === '' ? '' : `and ${sql}`}`,
    bindings: [...user.bindings, ...bindings],
  }));
}

function selectArchived(userDid: string, appDid: string | null): Sql {
  return {
    sql: `select min(archived_first_ms) as first_ms from ${TABLES.projects}
      where user_did = ? ${appDid === null ? '' : 'and app_did = ?'}`,
    bindings: [userDid, ...(appDid === null ? [] : [appDid])],
  };
}
