import type { AlertEventType, AlertScope } from '../../contract/alerts.js';
import type { BulkColumn } from '../../db/dialects/write-dialect.js';
import { insertMissingRows, type UpsertTarget } from '../../db/upsert-rows.js';
import { numberOrNull, queryRows } from '../../db/executor.js';
import { listValues, sql, verbatim } from '../../db/sql.js';
import type { Transaction } from '../../db/transaction.js';
import {
  formatChannel,
  type NewAlertEvent,
  type StoredEvent,
  type WatchedMetric,
} from './alert-event.js';

const text = (name: string): BulkColumn => ({ name, kind: 'text' });
const integer = (name: string): BulkColumn => ({ name, kind: 'integer' });

const EVENTS: UpsertTarget = {
  table: 'model_alert_events',
  columns: [
    ...['user_did', 'id', 'rule_id', 'type', 'metric', 'scope', 'level'].map(text),
    ...['value', 'threshold'].map(text),
    ...['period_start_ms', 'occurred_at_ms'].map(integer),
    text('name'),
  ],
  key: ['user_did', 'id'],
};
const DELIVERIES: UpsertTarget = {
  table: 'model_alert_deliveries',
  columns: [
    ...['user_did', 'event_id', 'channel', 'status'].map(text),
    ...['attempts', 'next_attempt_at_ms'].map(integer),
  ],
  key: ['user_did', 'event_id', 'channel'],
};
/** Due since ever: the instants of other deliveries are of the database's clock. */
const IMMEDIATELY = 0;

/**
 * Stores events and a delivery for each of their channels, in the caller's transaction: either all of it is there or nothing.
 * An event whose id the user has is ignored with its channels, so that two that see the same crossing store one.
 *
 * @param userDid the user; empty for the operator's rules
 * @throws StatementError when the database refuses one
 */
export async function writeEvents(
  transaction: Transaction,
  userDid: string,
  events: readonly NewAlertEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await insertMissingRows(
    transaction,
    EVENTS,
    events.map((event) => [
      ...[userDid, event.id, event.ruleId, event.type, event.metric],
      ...[JSON.stringify(event.scope), event.level],
      ...[event.value, event.threshold, event.periodStartMs, event.occurredAtMs, event.name],
    ]),
  );
  // Only now: a transaction of SQLite that reads before it writes fails when another has written in between.
  const known = await findDeliveredIds(transaction, userDid, events);
  const added = events.filter(({ id }) => !known.has(id));
  await insertMissingRows(
    transaction,
    DELIVERIES,
    added.flatMap(({ id, channels }) =>
      [...new Set(channels.map(formatChannel))].map((channel) => [
        ...[userDid, id, channel, 'pending', 0, IMMEDIATELY],
      ]),
    ),
  );
}

/** Ids of events that have deliveries. */
async function findDeliveredIds(
  transaction: Transaction,
  userDid: string,
  events: readonly NewAlertEvent[],
): Promise<Set<string>> {
  const rows = await queryRows<{ event_id: string }>(
    transaction,
    sql`select event_id from model_alert_deliveries
      where user_did = ${userDid} and event_id in (${listValues(events.map(({ id }) => id))})`,
  );
  return new Set(rows.map(({ event_id }) => event_id));
}

/** A row of `model_alert_events`. */
export interface EventRow {
  user_did: string;
  id: string;
  rule_id: string;
  type: AlertEventType;
  metric: WatchedMetric;
  scope: string;
  level: string;
  value: string | null;
  threshold: string;
  period_start_ms: number | string | null;
  occurred_at_ms: number | string;
  name: string;
}

/** Which events to list. */
export interface EventFilter {
  /** Only those of a rule. */
  ruleId?: string;
  /** Only earlier ones, epoch ms. */
  beforeMs?: number;
  limit: number;
}

/** Lists events of a user, the latest first. @throws StatementError when the database fails */
export async function listEvents(
  transaction: Transaction,
  userDid: string,
  { ruleId, beforeMs, limit }: EventFilter,
): Promise<StoredEvent[]> {
  const rule = ruleId === undefined ? verbatim('') : sql`and rule_id = ${ruleId}`;
  const before = beforeMs === undefined ? verbatim('') : sql`and occurred_at_ms < ${beforeMs}`;
  const rows = await queryRows<EventRow>(
    transaction,
    sql`select * from model_alert_events where user_did = ${userDid} ${rule} ${before}
      order by occurred_at_ms desc, id desc limit ${limit}`,
  );
  return rows.map(toStoredEvent);
}

/** An event of its row. */
export function toStoredEvent(row: EventRow): StoredEvent {
  return {
    userDid: row.user_did,
    id: row.id,
    ruleId: row.rule_id,
    type: row.type,
    metric: row.metric,
    scope: JSON.parse(row.scope) as AlertScope,
    level: row.level,
    value: row.value,
    threshold: row.threshold,
    periodStartMs: numberOrNull(row.period_start_ms),
    occurredAtMs: Number(row.occurred_at_ms),
    name: row.name,
  };
}
