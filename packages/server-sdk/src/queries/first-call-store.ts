import { listProjectConditions } from '../db/call-source.js';
import { numberOrNull, queryRow } from '../db/executor.js';
import { joinSql, sql, verbatim, type Sql } from '../db/sql.js';
import type { Transaction } from '../db/transaction.js';

/** A user's project. */
export interface UserProject {
  /** Its short id in the user's aggregates; `null`: it has no aggregates. */
  appId: number | null;
  /** Start of its first call, epoch ms; `null` without a call. */
  firstCallAtMs: number | null;
}

/**
 * Reads the start of a user's first call, epoch ms; `null` without a call.
 *
 * @param hasArchived whether calls of the user were archived, of which the first may be one
 * @throws StatementError when the database fails
 */
export async function readFirstCall(
  transaction: Transaction,
  userDid: string,
  hasArchived: boolean,
): Promise<number | null> {
  const row = await queryRow<{ first_ms: number | string | null }>(
    transaction,
    selectFirst(transaction, userDid, null, hasArchived),
  );
  return numberOrNull(row?.first_ms);
}

/** Reads one of a user's projects. @param hasArchived as of {@link readFirstCall} */
export async function readProject(
  transaction: Transaction,
  userDid: string,
  appDid: string,
  hasArchived: boolean,
): Promise<UserProject> {
  const row = await queryRow<{ app_id: number | null; first_ms: number | string | null }>(
    transaction,
    sql`${verbatim(transaction.dialect.selectText)}
      (select app_id from model_call_projects where user_did = ${userDid} and app_did = ${appDid}) as app_id,
      (${selectFirst(transaction, userDid, appDid, hasArchived)}) as first_ms`,
  );
  return { appId: row?.app_id ?? null, firstCallAtMs: numberOrNull(row?.first_ms) };
}

function selectFirst(
  transaction: Transaction,
  userDid: string,
  appDid: string | null,
  hasArchived: boolean,
): Sql {
  const { calls } = transaction;
  const toMs = (value: Sql): Sql => ({ ...value, sql: calls.time.toMs(value.sql) });
  const first = toMs(verbatim(`min(${calls.time.column})`));
  const firsts =
    appDid === null
      ? [sql`select ${toMs(calls.firstOfUser(userDid, Number.MIN_SAFE_INTEGER))} as first_ms`]
      : listProjectConditions(calls, userDid, appDid).map(
          (project) =>
            sql`select ${first} as first_ms from ${verbatim(calls.table)} where ${calls.ofUser(userDid)} ${project}`,
        );
  if (hasArchived) {
    const project = appDid === null ? sql`` : sql`and app_did = ${appDid}`;
    firsts.push(
      sql`select min(archived_first_ms) as first_ms from model_call_projects where user_did = ${userDid} ${project}`,
    );
  }
  return sql`select min(first_ms) as first_ms from (${joinSql(firsts, ' union all ')}) as firsts`;
}
