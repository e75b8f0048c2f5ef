import type { Knex } from 'knex';
import { currentSignal, onNobodysBehalf, statementDeadlineMs } from '../ports/request-signal.js';
import { after } from '../ports/wait.js';
import { dropConnection, isDropped } from './drop-connection.js';
import { toMysqlValue } from './mysql-values.js';
import { overrideQuery, type Statement, type StatementClient } from './override-query.js';
import {
  ABORTED_CODE,
  CONNECTION_LOST_CODE,
  DEADLINE_CODE,
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
    const deadlineMs = statementDeadlineMs();
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
 * - A statement whose request is over (its client hung up, or its time is up) is cancelled. PostgreSQL and MySQL are told on
 *   another connection; SQLite is interrupted.
 * - A statement that is not answered in time ends with its connection: a peer that went silent would hold it for good.
 * - Values are never quoted with backslashes, which mean nothing under some modes of MySQL and MariaDB.
 * - Errors carry the driver's code and no statement.
 */
export function guardStatements(knex: Knex, inFlight = new StatementsInFlight()): Knex {
  return overrideQuery(knex, (client, connection, statement, run) => {
    const safe = toSafeStatement(client, statement);
    const sql = safe.sql ?? '';
    return guarded({ client, connection, inFlight, sql, run: () => run(safe) });
  });
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

async function guarded(guardedRun: GuardedRun): Promise<unknown> {
  const { client, connection, inFlight, sql, run } = guardedRun;
  if (isDropped(connection)) {
    throw new StatementError(CONNECTION_LOST_CODE, 'The connection is gone');
  }
  const signal = ENDS_TRANSACTION.test(sql) ? null : currentSignal();
  if (signal?.aborted) throw new StatementError(ABORTED_CODE, 'The request is over');
  const watch = new StatementWatch(client, connection);
  try {
    const { deadlineMs } = inFlight;
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
      this.#cancelling = onNobodysBehalf(() => cancelOn(this.#client, this.#connection));
      this.#dropAfter(CANCEL_GRACE_MS, ABORTED_CODE);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await Promise.race([statement, givenUp]);
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.#callOff();
      // Else the cancellation could hit what the connection is used for next.
      if (!isDropped(this.#connection)) await this.#cancelling;
    }
  }

  #dropAfter(ms: number, code: string): void {
    this.#callOff();
    this.#callOff = after(ms, () => {
      this.drop(code);
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
