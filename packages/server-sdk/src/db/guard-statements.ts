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

/** What ends a transaction has to run whoever waits for it, or the connection goes back to the pool in the middle of it. */
const ENDS_TRANSACTION = /^\s*(rollback|commit|release)\b/i;

/** How long a statement may go on after its cancellation was asked for; then its connection is given up. */
const CANCEL_GRACE_MS = 2000;
/** How long a statement may take once its database is to be closed. */
const CLOSING_DEADLINE_MS = 2000;

/** The statements that are in flight on one database. */
export class StatementsInFlight {
  readonly #watches = new Set<StatementWatch>();
  #isClosing = false;

  /** Runs a statement under watch. */
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

  /** Gives up what is not answered, and grants later statements little time: whoever stops waits for all of them. */
  hurry(): void {
    this.#isClosing = true;
    for (const watch of this.#watches) watch.drop(DEADLINE_CODE);
  }
}

/**
 * The same Knex instance, over the same pool, with statements that hurt nobody but their request. It reaches instances of
 * the host's without changing them.
 *
 * - A statement whose request is over (its client disconnected, or its time is up) is cancelled. PostgreSQL and MySQL are told on
 *   another connection; SQLite is interrupted.
 * - A statement that is not answered in time ends with its connection: a peer that went silent would hold it for good.
 * - A connection that lay unused is asked first whether it answers; when it does not, those beside it in the pool go too.
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

/** Runs what a server answers without any work; a connection on which it does not is silent. */
async function probed(health: PoolHealth, guardedRun: GuardedRun): Promise<unknown> {
  try {
    return await guarded(guardedRun, PROBE_DEADLINE_MS);
  } catch (error) {
    if (!(error instanceof StatementError) || error.code !== DEADLINE_CODE) throw error;
    health.dropUnused();
    // Nothing was begun on it, so that everything may be tried again on another.
    throw new StatementError(CONNECTION_LOST_CODE, 'The connection was silent');
  }
}

/** A refusal is an answer too: of a transaction that failed, for one. */
function ignoreRefusal(error: unknown): void {
  const isAnswer = error instanceof StatementError && !OWN_CODES.has(error.code);
  if (!isAnswer) throw error;
}

/** Whether a connection has another side, which may go silent. */
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

/** @param mostMs how long it may take, if less than others */
async function guarded(
  guardedRun: GuardedRun,
  mostMs = Number.POSITIVE_INFINITY,
): Promise<unknown> {
  const { client, connection, inFlight, sql, run } = guardedRun;
  if (isDropped(connection)) {
    throw new StatementError(CONNECTION_LOST_CODE, 'The connection is gone');
  }
  const signal = ENDS_TRANSACTION.test(sql) ? null : getRequestSignal();
  if (signal?.aborted) throw new StatementError(ABORTED_CODE, 'The request is over');
  const watch = new StatementWatch(client, connection);
  try {
    const deadlineMs = Math.min(inFlight.deadlineMs, mostMs);
    return await inFlight.watch(watch, () => watch.finish(run(), signal, deadlineMs));
  } catch (error) {
    throw toStatementError(error);
  }
}

/** Waits for one statement: for its end, its deadline, or the end of its request. */
class StatementWatch {
  readonly #client: StatementClient;
  readonly #connection: unknown;
  #cancelling: Promise<unknown> = Promise.resolve();
  #giveUp: (error: StatementError) => void = () => undefined;
  #callOff: () => void = () => undefined;
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
    const givenUp = new Promise<never>((_resolve, reject) => {
      this.#giveUp = reject;
    });
    // It may lose the race, and so may the statement.
    givenUp.catch(() => undefined);
    statement.catch(() => undefined);
    this.#dropAfter(deadlineMs, DEADLINE_CODE);
    const cancel = (): void => {
      this.#cancelling = runDetached(() => cancelOn(this.#client, this.#connection));
      this.#dropAfter(CANCEL_GRACE_MS, ABORTED_CODE);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await Promise.race([statement, givenUp]);
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.#callOff();
      this.#isOver = true;
      // Else the cancellation could hit what the connection is used for next.
      if (!isDropped(this.#connection)) await this.#cancelling;
    }
  }

  #dropAfter(ms: number, code: string): void {
    this.#callOff();
    this.#callOff = startTimeout(ms, () => {
      // Its answer may be there, and this process too busy to have taken it up.
      void yieldToEventLoop().then(() => {
        if (!this.#isOver) this.drop(code);
      });
    });
  }

  /** Ends the statement, and its connection where it has another side. */
  drop(code: string): void {
    dropConnection(this.#client, this.#connection);
    // An interrupted statement of SQLite ends by itself, and must before its connection is used again.
    if (isDropped(this.#connection)) {
      this.#giveUp(new StatementError(code, 'The database did not answer in time'));
    }
  }
}

async function cancelOn(client: StatementClient, connection: unknown): Promise<void> {
  try {
    if (isInterruptible(connection)) connection.interrupt();
    else if (client.canCancelQuery === true) await client.cancelQuery(connection);
  } catch {
    // It had ended by itself, or the server is gone: the statement says so.
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
