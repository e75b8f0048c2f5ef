import { TABLES } from '../db/tables.js';
import { getCallSource, type Transaction } from '../db/transaction.js';
import { numberOrNull, toRows } from '../db/executor.js';
import type { Sql } from '../db/sql.js';

/** A user's project. */
export interface UserProject {
  /** Its short id in the user's aggregates; `null`: nothing of it was rolled up. */
  appId: number | null;
  /** Start of its first call, epoch ms; `null` without a call. */
  firstCallAtMs: number | null;
}

/**
 * Start of a user's first call, epoch ms; `null` without a call.
 *
 * @param hasArchived whether calls of the user were archived: the first may be one of them
 */
export async function readFirstCall(
  transaction: Transaction,
  userDid: string,
  hasArchived: boolean,
): Promise<number | null> {
  const { sql, bindings } = selectFirst(transaction, userDid, null, hasArchived);
  const [row] = toRows<{ first_ms: number | string | null }>(
    await transaction.trx.raw(sql, bindings),
  );
  return numberOrNull(row?.first_ms ?? null);
}

/** One of a user's projects. @param hasArchived as of {@link readFirstCall} */
export async function readProject(
  transaction: Transaction,
  userDid: string,
  appDid: string,
  hasArchived: boolean,
): Promise<UserProject> {
  const first = selectFirst(transaction, userDid, appDid, hasArchived);
  const [row] = toRows<{ app_id: number | null; first_ms: number | string | null }>(
    await transaction.trx.raw(
      `${transaction.dialect.selectText}
         (select app_id from ${TABLES.projects} where user_did = ? and app_did = ?) as app_id,
         (${first.sql}) as first_ms`,
      [userDid, appDid, ...first.bindings],
    ),
  );
  return { appId: row?.app_id ?? null, firstCallAtMs: numberOrNull(row?.first_ms ?? null) };
}

function selectFirst(
  transaction: Transaction,
  userDid: string,
  appDid: string | null,
  hasArchived: boolean,
): Sql {
  const parts = selectFirsts(transaction, userDid, appDid);
  if (hasArchived) parts.push(selectArchived(userDid, appDid));
  return {
    sql: `select min(first_ms) as first_ms from (${parts.map(({ sql }) => sql).join(' union all ')}) as firsts`,
    bindings: parts.flatMap(({ bindings }) => bindings),
  };
}

function selectFirsts(transaction: Transaction, userDid: string, appDid: string | null): Sql[] {
  const { table, time, ofUser, ofProject } = getCallSource(transaction);
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
