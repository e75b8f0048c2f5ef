import type { Database } from '../../db/database.js';
import { execute, queryRows, type Executor } from '../../db/executor.js';
import { retryWrites } from '../../db/retry-writes.js';
import { listValues, sql } from '../../db/sql.js';
import { withoutTransaction } from '../../db/transaction.js';

/** An event, or one of a delivery. */
interface EventKey {
  user_did: string;
  id: string;
}

/**
 * Deletes deliveries that were delivered before an instant, the oldest first. Others stay for as long as their event.
 *
 * @param beforeMs epoch ms
 * @param limit of deliveries
 * @returns how many were found
 * @throws StatementError when the database fails
 */
export async function deleteDelivered(
  database: Database,
  beforeMs: number,
  limit: number,
): Promise<number> {
  // The last lease of a delivery ended at that instant, which the index has; it is later than the delivery.
  const isOld = sql`status = ${'delivered'} and next_attempt_at_ms < ${beforeMs}`;
  const rows = await queryRows<EventKey>(
    withoutTransaction(database),
    sql`select user_did, event_id as id from model_alert_deliveries where ${isOld}
      order by next_attempt_at_ms limit ${limit}`,
  );
  await deleteByUser(database, rows, async (executor, userDid, ids) => {
    await execute(
      executor,
      sql`delete from model_alert_deliveries
        where user_did = ${userDid} and event_id in (${listValues(ids)}) and ${isOld}`,
    );
  });
  return rows.length;
}

/**
 * Deletes events of before an instant with their deliveries, the oldest first. The last event of each of the operator's rules
 * stays: it is the rule's state.
 *
 * @param beforeMs epoch ms
 * @param limit of events
 * @returns how many were found
 * @throws StatementError when the database fails
 */
export async function deleteEvents(
  database: Database,
  beforeMs: number,
  limit: number,
): Promise<number> {
  const rows = await queryRows<EventKey>(
    withoutTransaction(database),
    sql`select user_did, id from model_alert_events as events where occurred_at_ms < ${beforeMs}
      and (user_did <> '' or exists (select 1 from model_alert_events as later where later.user_did = ''
        and later.rule_id = events.rule_id and later.occurred_at_ms > events.occurred_at_ms))
      order by occurred_at_ms limit ${limit}`,
  );
  await deleteByUser(database, rows, async (executor, userDid, ids) => {
    const listed = listValues(ids);
    await execute(
      executor,
      sql`delete from model_alert_deliveries where user_did = ${userDid} and event_id in (${listed})`,
    );
    await execute(
      executor,
      sql`delete from model_alert_events where user_did = ${userDid} and id in (${listed})`,
    );
  });
  return rows.length;
}

type DeleteOfUser = (executor: Executor, userDid: string, ids: readonly string[]) => Promise<void>;

/** Deletes in one transaction, in one order in all instances, so that none waits for another that waits for it. */
async function deleteByUser(
  database: Database,
  rows: readonly EventKey[],
  deleteOfUser: DeleteOfUser,
): Promise<void> {
  if (rows.length === 0) return;
  const byUser = new Map<string, string[]>();
  for (const { user_did, id } of rows) {
    byUser.set(user_did, [...(byUser.get(user_did) ?? []), id]);
  }
  const users = [...byUser].sort(([a], [b]) => (a < b ? -1 : 1));
  await retryWrites(() =>
    database.transaction(async (trx) => {
      for (const [userDid, ids] of users) await deleteOfUser({ trx }, userDid, [...ids].sort());
    }),
  );
}
