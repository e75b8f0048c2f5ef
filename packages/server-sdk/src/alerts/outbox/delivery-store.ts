import type { Database } from '../../db/database.js';
import { execute, queryRow, queryRows } from '../../db/executor.js';
import { retryWrites } from '../../db/retry-writes.js';
import { listValues, sql, verbatim, type Sql } from '../../db/sql.js';
import { withoutTransaction } from '../../db/transaction.js';
import type { StoredEvent } from './alert-event.js';
import { MAX_ATTEMPTS } from './attempt-plan.js';
import { toStoredEvent, type EventRow } from './event-store.js';

const TABLE = 'model_alert_deliveries';
const MAX_ERROR_LENGTH = 500;

/** Names a delivery. */
export interface DeliveryKey {
  /** Empty: of the operator's rules. */
  userDid: string;
  eventId: string;
  /** `callback`, or `webhook:` and the id of a webhook. */
  channel: string;
}

/** A delivery that a worker may send until its lease ends. */
export interface LeasedDelivery extends DeliveryKey {
  /** 1 for the first. */
  attempt: number;
  /** Names this lease and no other. */
  lease: string;
  event: StoredEvent;
}

/** What a worker may lease. */
export interface LeaseRequest {
  /** Names the lease; no other may have had the same. */
  lease: string;
  /** Channels that this worker serves; others wait for a worker that does. */
  channels: readonly string[];
  limit: number;
  /** How long an attempt may take, with a margin, milliseconds. */
  leaseMs: number;
}

interface DueRow {
  user_did: string;
  event_id: string;
  channel: string;
  attempts: number | string;
}

/**
 * Leases deliveries that are due, and those whose worker is gone: its lease is over. Each is leased by one worker: the
 * update finds it only as it was when it was due.
 *
 * @throws StatementError when the database fails
 */
export async function leaseDeliveries(
  database: Database,
  request: LeaseRequest,
): Promise<LeasedDelivery[]> {
  if (request.channels.length === 0) return [];
  const due = await findDue(database, request);
  if (due.length === 0) return [];
  const leased = await retryWrites(() => takeDue(database, due, request));
  const deliveries: LeasedDelivery[] = [];
  for (const row of leased) {
    const event = await readEvent(database, row.user_did, row.event_id);
    // Erased in the meantime, and the delivery with it.
    if (event === null) continue;
    const { user_did: userDid, event_id: eventId, channel } = row;
    const attempt = Number(row.attempts) + 1;
    deliveries.push({ userDid, eventId, channel, attempt, lease: request.lease, event });
  }
  return deliveries;
}

/** Deliveries of all users: a worker serves all. */
async function findDue(database: Database, { channels, limit }: LeaseRequest): Promise<DueRow[]> {
  const now = verbatim(database.dialect.nowMs);
  const select = (status: string): Sql =>
    sql`select user_did, event_id, channel, attempts from ${verbatim(TABLE)}
      where status = ${status} and next_attempt_at_ms <= ${now}
        and channel in (${listValues(channels)})
      order by next_attempt_at_ms limit ${limit}`;
  const executor = withoutTransaction(database);
  const pending = await queryRows<DueRow>(executor, select('pending'));
  const abandoned = await queryRows<DueRow>(executor, select('sending'));
  return [...pending, ...abandoned].slice(0, limit);
}

/** In one order in all workers, so that none waits for another that waits for it. */
async function takeDue(
  database: Database,
  due: readonly DueRow[],
  { lease, leaseMs }: LeaseRequest,
): Promise<DueRow[]> {
  const { nowMs } = database.dialect;
  const ordered = [...due].sort((a, b) => (toOrder(a) < toOrder(b) ? -1 : 1));
  return database.transaction(async (trx) => {
    const taken: DueRow[] = [];
    for (const row of ordered) {
      const { user_did, event_id, channel, attempts } = row;
      const isSpent = Number(attempts) >= MAX_ATTEMPTS;
      const count = await trx(TABLE)
        .where({ user_did, event_id, channel, attempts })
        .whereIn('status', ['pending', 'sending'])
        .where('next_attempt_at_ms', '<=', trx.raw(nowMs))
        .update(
          isSpent
            ? {
                status: 'dead',
                leased_by: null,
                last_error: 'the process ended in the last attempt',
              }
            : {
                status: 'sending',
                attempts: trx.raw('attempts + 1'),
                leased_by: lease,
                next_attempt_at_ms: trx.raw(`${nowMs} + ${leaseMs}`),
              },
        );
      if (count > 0 && !isSpent) taken.push(row);
    }
    return taken;
  });
}

const toOrder = ({ user_did, event_id, channel }: DueRow): string =>
  JSON.stringify([user_did, event_id, channel]);

async function readEvent(
  database: Database,
  userDid: string,
  id: string,
): Promise<StoredEvent | null> {
  const row = await queryRow<EventRow>(
    withoutTransaction(database),
    sql`select * from model_alert_events where user_did = ${userDid} and id = ${id}`,
  );
  return row ? toStoredEvent(row) : null;
}

/** How an attempt ended. */
export type DeliveryOutcome =
  | { status: 'delivered'; httpStatus: number | null }
  /** Attempted again after a pause. */
  | { status: 'pending'; pauseMs: number; httpStatus: number | null; error: string }
  | { status: 'dead'; httpStatus: number | null; error: string };

/**
 * Stores how an attempt ended, unless another worker has leased the delivery since.
 *
 * @returns whether the lease was still this worker's
 * @throws StatementError when the database fails
 */
export async function finishDelivery(
  database: Database,
  { userDid, eventId, channel, lease }: LeasedDelivery,
  outcome: DeliveryOutcome,
): Promise<boolean> {
  const { nowMs } = database.dialect;
  const finish = (): Promise<number> =>
    database.transaction((trx) =>
      trx(TABLE)
        .where({ user_did: userDid, event_id: eventId, channel, status: 'sending' })
        .where('leased_by', lease)
        .update({
          status: outcome.status,
          leased_by: null,
          last_status: outcome.httpStatus,
          ...(outcome.status === 'delivered'
            ? { delivered_at_ms: trx.raw(nowMs) }
            : { last_error: outcome.error.slice(0, MAX_ERROR_LENGTH) }),
          ...(outcome.status === 'pending'
            ? { next_attempt_at_ms: trx.raw(`${nowMs} + ${Math.round(outcome.pauseMs)}`) }
            : {}),
        }),
    );
  return (await retryWrites(finish)) > 0;
}

/**
 * Makes a dead letter due again, with all its attempts.
 *
 * @returns whether there was one
 * @throws StatementError when the database fails
 */
export async function reviveDelivery(
  database: Database,
  { userDid, eventId, channel }: DeliveryKey,
): Promise<boolean> {
  const revive = (): Promise<number> =>
    database.transaction((trx) =>
      trx(TABLE)
        .where({ user_did: userDid, event_id: eventId, channel, status: 'dead' })
        .update({ status: 'pending', attempts: 0, next_attempt_at_ms: 0 }),
    );
  return (await retryWrites(revive)) > 0;
}

/** Gives up deliveries that no worker served within a time since their event. @throws StatementError when the database fails */
export async function buryUnserved(database: Database, beforeMs: number): Promise<void> {
  await retryWrites(() =>
    database.transaction((trx) =>
      execute(
        { trx },
        sql`update ${verbatim(TABLE)} set status = ${'dead'}, last_error = ${UNSERVED}
          where status = ${'pending'} and attempts = 0 and next_attempt_at_ms = 0
            and exists (select 1 from model_alert_events as events
              where events.user_did = ${verbatim(TABLE)}.user_did
                and events.id = ${verbatim(TABLE)}.event_id
                and events.occurred_at_ms < ${beforeMs})`,
      ),
    ),
  );
}

/** Why a delivery of a channel that no instance has is dead. */
export const UNSERVED = 'no instance has this channel';
