import type { Knex } from 'knex';
import {
  getRequestSignal,
  runDetached,
  getStatementDeadlineMs,
} from '../runtime/request-signal.js';
import { startTimeout, yieldToEventLoop } from '../runtime/wait.js';
import { dropConnection, isDropped } from './drop-connection.js';
import { toMysqlValue } from './dialects/mysql/mysql-values.js';
import { overrideQuery, type Statement, type StatementClient } from './override-query.js';
import { PROBE_DEADLINE_MS, PoolHealth, isProbe } from './probe-connection.js';
import {
  ABORTED_CODE,
  CONNECTION_LOST_CODE,
  DEADLINE_CODE,
  OWN_CODES,
  StatementError,
  toStatementError,
} from './statement-error.js';

/** Statements that end a transaction always run, or the connection would return to the pool within the transaction. */
const ENDS_TRANSACTION = /^\s*(rollback|commit|release)\b/i;

/** How long a statement may run after its cancellation, milliseconds; then its connection is dropped. */
const CANCEL_GRACE_MS = 2000;
/** How long a statement may take while its database is closing, milliseconds. */
const CLOSING_DEADLINE_MS = 2000;

/** The statements that are in flight on one database. */
export class StatementsInFlight {
  readonly #watches = new Set<StatementWatch>();
  #isClosing = false;

  /** Registers a statement until it is finished. */
  async watch(watch: StatementWatch, finish: () => Promise<unknown>): Promise<unknown> {
    this.#watches.add(watch);
    try {
      return await finish();
    } finally {
      this.#watches.delete(watch);
    }
  }

  /** How long a statement that begins now may take, milliseconds. */
  get deadlineMs(): number {
    const deadlineMs = getStatementDeadlineMs();
    return this.#isClosing ? Math.min(deadlineMs, CLOSING_DEADLINE_MS) : deadlineMs;
  }

  /** Drops the connections of statements in flight and shortens the deadline of later ones: a host that stops waits for all. */
  hurry(): void {
    this.#isClosing = true;
    for (const watch of this.#watches) watch.drop(DEADLINE_CODE);
  }
}

/**
 * The same Knex instance, over the same pool, with statements whose failure affects only their request. A host's instance is not
 * changed.
 *
 * - A statement whose request is over (its client disconnected, or its deadline passed) is cancelled: on PostgreSQL and MySQL
 *   over another connection, on SQLite by an interrupt.
 * - A statement without a response before its deadline ends with its connection: a silent server would hold it forever.
 * - A connection that was idle is probed first; when it does not respond, the other idle ones of the pool are dropped too.
 * - Values are never quoted with backslashes, which mean nothing under some modes of MySQL and MariaDB.
 * - Errors carry the driver's code and no statement.
 */
export function guardStatements(knex: Knex, inFlight = new StatementsInFlight()): Knex {
  const health = new PoolHealth(knex.client as StatementClient);
  return overrideQuery(knex, async (client, connection, statement, run) => {
    const safe = toSafeStatement(client, statement);
    const guardedRun = { client, connection, inFlight, sql: safe.sql ?? '', run: () => run(safe) };
    if (!isRemote(connection)) return guarded(guardedRun);
    const isEnd = ENDS_TRANSACTION.test(guardedRun.sql);
    if (!isEnd && !isDropped(connection) && health.isDoubtful(connection)) {
      const ping = (): Promise<unknown> => run({ sql: 'select 1', bindings: [] });
      await probed(health, { ...guardedRun, sql: 'select 1', run: ping }).catch(ignoreRefusal);
    }
    const result = await (isProbe(guardedRun.sql)
      ? probed(health, guardedRun)
      : guarded(guardedRun));
    health.answered(connection);
    return result;
  });
}

/** Runs a statement that a server responds to without any work; without a response the connection is silent. */
async function probed(health: PoolHealth, guardedRun: GuardedRun): Promise<unknown> {
  try {
    return await guarded(guardedRun, PROBE_DEADLINE_MS);
  } catch (error) {
    if (!(error instanceof StatementError) || error.code !== DEADLINE_CODE) throw error;
    health.dropUnused();
    // No transaction was begun on it, so that all work may be repeated on another.
    throw new StatementError(CONNECTION_LOST_CODE, 'The connection was silent');
  }
}

/** Ignores an error of the server, e.g. of a transaction that failed: it is a response. */
function ignoreRefusal(error: unknown): void {
  const isAnswer = error instanceof StatementError && !OWN_CODES.has(error.code);
  if (!isAnswer) throw error;
}

/** Whether a connection has a server, which may go silent. */
function isRemote(connection: unknown): connection is object {
  return typeof connection === 'object' && connection !== null && !isInterruptible(connection);
}

function toSafeStatement({ driverName = '' }: StatementClient, statement: Statement): Statement {
  if (!driverName.startsWith('mysql') || !Array.isArray(statement.bindings)) return statement;
  return { ...statement, bindings: statement.bindings.map(toMysqlValue) };
}

interface GuardedRun {
  client: StatementClient;
  connection: unknown;
  inFlight: StatementsInFlight;
  sql: string;
  run: () => Promise<unknown>;
}

/** @param maxMs how long it may take at most, milliseconds */
async function guarded(guardedRun: GuardedRun, maxMs = Number.POSITIVE_INFINITY): Promise<unknown> {
  const { client, connection, inFlight, sql, run } = guardedRun;
  if (isDropped(connection)) {
    throw new StatementError(CONNECTION_LOST_CODE, 'The connection is gone');
  }
  const signal = ENDS_TRANSACTION.test(sql) ? null : getRequestSignal();
  if (signal?.aborted) throw new StatementError(ABORTED_CODE, 'The request is over');
  const watch = new StatementWatch(client, connection);
  try {
    const deadlineMs = Math.min(inFlight.deadlineMs, maxMs);
    return await inFlight.watch(watch, () => watch.finish(run(), signal, deadlineMs));
  } catch (error) {
    throw toStatementError(error);
  }
}

/** Waits for one statement: until its end, its deadline, or the end of its request. */
class StatementWatch {
  readonly #client: StatementClient;
  readonly #connection: unknown;
  #cancelling: Promise<unknown> = Promise.resolve();
  #reject: (error: StatementError) => void = () => undefined;
  #cancelTimer: () => void = () => undefined;
  #isOver = false;

  constructor(client: StatementClient, connection: unknown) {
    this.#client = client;
    this.#connection = connection;
  }

  async finish(
    statement: Promise<unknown>,
    signal: AbortSignal | null,
    deadlineMs: number,
  ): Promise<unknown> {
    const dropped = new Promise<never>((_resolve, reject) => {
      this.#reject = reject;
    });
    // Either of the two may be rejected after the other has ended the race.
    dropped.catch(() => undefined);
    statement.catch(() => undefined);
    this.#dropAfter(deadlineMs, DEADLINE_CODE);
    const cancel = (): void => {
      this.#cancelling = runDetached(() => cancelOn(this.#client, this.#connection));
      this.#dropAfter(CANCEL_GRACE_MS, ABORTED_CODE);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await Promise.race([statement, dropped]);
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.#cancelTimer();
      this.#isOver = true;
      // Otherwise the cancellation could end the next statement of the connection.
      if (!isDropped(this.#connection)) await this.#cancelling;
    }
  }

  #dropAfter(ms: number, code: string): void {
    this.#cancelTimer();
    this.#cancelTimer = startTimeout(ms, () => {
      // The response may have arrived while this process was too busy to read it.
      void yieldToEventLoop().then(() => {
        if (!this.#isOver) this.drop(code);
      });
    });
  }

  /** Ends the statement, and its connection where it has a server. */
  drop(code: string): void {
    dropConnection(this.#client, this.#connection);
    // An interrupted statement of SQLite ends by itself, and must before its connection is used again.
    if (isDropped(this.#connection)) {
      this.#reject(new StatementError(code, 'The database did not answer in time'));
    }
  }
}

async function cancelOn(client: StatementClient, connection: unknown): Promise<void> {
  try {
    if (isInterruptible(connection)) connection.interrupt();
    else if (client.canCancelQuery === true) await client.cancelQuery(connection);
  } catch {
    // The statement had ended, or the server is gone, as the error of the statement shows.
  }
}

/** A connection of the driver `sqlite3`. */
function isInterruptible(connection: unknown): connection is { interrupt(): void } {
  return (
    typeof connection === 'object' &&
    connection !== null &&
    'interrupt' in connection &&
    typeof connection.interrupt === 'function'
  );
}
