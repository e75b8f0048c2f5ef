import type { Database } from '../../db/database.js';
import { numberOrNull, queryRow, queryRows } from '../../db/executor.js';
import { joinSql, sql, verbatim, type Sql } from '../../db/sql.js';
import { withoutTransaction } from '../../db/transaction.js';
import { toInstant } from '../../values/time.js';
import { UNSERVED, type DeliveryKey } from './delivery-store.js';

/** `pending`: waits for an attempt. `sending`: an attempt is in progress. `dead`: was given up, and can be sent again. */
export type DeliveryStatus = 'pending' | 'sending' | 'delivered' | 'dead';

/** The state of a delivery. */
export interface AlertDelivery extends DeliveryKey {
  ruleId: string;
  name: string;
  status: DeliveryStatus;
  /** Attempts that began. */
  attempts: number;
  /** `null`: delivered or dead. The earliest, so an instant of the past is possible. */
  nextAttemptAt: string | null;
  occurredAt: string;
  deliveredAt: string | null;
  /** HTTP status of the last response. */
  lastStatus: number | null;
  lastError: string | null;
}

/** Which deliveries to list. */
export interface DeliveryFilter {
  status?: DeliveryStatus;
  /** @default all users, and the operator's rules */
  userDid?: string;
  /** @default 100 */
  limit?: number;
}

interface DeliveryRow {
  user_did: string;
  event_id: string;
  channel: string;
  rule_id: string;
  name: string;
  status: DeliveryStatus;
  attempts: number | string;
  next_attempt_at_ms: number | string;
  occurred_at_ms: number | string;
  delivered_at_ms: number | string | null;
  last_status: number | string | null;
  last_error: string | null;
}

/** Lists deliveries, those of the latest events first; for operators. @throws StatementError when the database fails */
export async function listDeliveries(
  database: Database,
  { status, userDid, limit = 100 }: DeliveryFilter,
): Promise<AlertDelivery[]> {
  const conditions: Sql[] = [verbatim('1 = 1')];
  if (status !== undefined) conditions.push(sql`deliveries.status = ${status}`);
  if (userDid !== undefined) conditions.push(sql`deliveries.user_did = ${userDid}`);
  const rows = await queryRows<DeliveryRow>(
    withoutTransaction(database),
    sql`select deliveries.*, events.rule_id, events.name, events.occurred_at_ms
      from model_alert_deliveries as deliveries join model_alert_events as events
        on events.user_did = deliveries.user_did and events.id = deliveries.event_id
      where ${joinSql(conditions, ' and ')}
      order by events.occurred_at_ms desc, deliveries.event_id, deliveries.channel limit ${limit}`,
  );
  return rows.map(toDelivery);
}

function toDelivery(row: DeliveryRow): AlertDelivery {
  const isOver = row.status === 'delivered' || row.status === 'dead';
  const deliveredMs = numberOrNull(row.delivered_at_ms);
  return {
    userDid: row.user_did,
    eventId: row.event_id,
    channel: row.channel,
    ruleId: row.rule_id,
    name: row.name,
    status: row.status,
    attempts: Number(row.attempts),
    nextAttemptAt: isOver ? null : toInstant(Number(row.next_attempt_at_ms)),
    occurredAt: toInstant(Number(row.occurred_at_ms)),
    deliveredAt: deliveredMs === null ? null : toInstant(deliveredMs),
    lastStatus: numberOrNull(row.last_status),
    lastError: row.last_error,
  };
}

/** Numbers of deliveries that need attention. */
export interface DeliveryCounts {
  /** Given up after attempts. */
  dead: number;
  /** Given up because no instance has their channel. */
  unserved: number;
}

/** Counts dead letters. @throws StatementError when the database fails */
export async function countDeadLetters(database: Database): Promise<DeliveryCounts> {
  const row = await queryRow<{ dead: number | string; unserved: number | string | null }>(
    withoutTransaction(database),
    sql`select count(*) as dead, sum(case when last_error = ${UNSERVED} then 1 else 0 end) as unserved
      from model_alert_deliveries where status = ${'dead'}`,
  );
  const unserved = Number(row?.unserved ?? 0);
  return { dead: Number(row?.dead ?? 0) - unserved, unserved };
}
