import type { Knex } from 'knex';
import { currentSignal, onNobodysBehalf } from '../ports/request-signal.js';

/** What of a Knex client is used here; `_query` is what every statement of every kind goes through in the end. */
interface StatementClient {
  canCancelQuery?: boolean;
  _query(connection: unknown, statement: { sql?: string }): Promise<unknown>;
  cancelQuery(connection: unknown): Promise<unknown>;
}

/** What Knex tells those who watch its statements. */
const EVENTS = ['start', 'query', 'query-error', 'query-response'];

/** What ends a transaction has to run whoever waits for it, or the connection goes back to the pool in the middle of it. */
const ENDS_TRANSACTION = /^\s*(rollback|commit|release)\b/i;

/**
 * The same Knex instance, over the same pool, with statements that are cancelled when the request they are for is over:
 * its client hung up, or its time is up. This is the statement time-out of every database, SQLite too, and it reaches
 * instances of the host's without changing them.
 *
 * PostgreSQL and MySQL are told on a connection of its own; SQLite is interrupted.
 */
export function cancelStatements(knex: Knex): Knex {
  const copy = knex.withUserParams({});
  for (const event of EVENTS) {
    // Knex copies the listeners that there are now; a host may add others later.
    copy.removeAllListeners(event);
    copy.on(event, (...values: unknown[]) => knex.emit(event, ...values));
  }
  const client = copy.client as StatementClient;
  const base = Object.getPrototypeOf(client) as StatementClient;
  // By prototype, because Knex makes the clients of transactions from `client.constructor.prototype`.
  const prototype = Object.create(base) as StatementClient & { constructor: unknown };
  const made = function (): void {
    // Never called: only its prototype is looked at.
  };
  made.prototype = prototype;
  prototype.constructor = made;
  prototype._query = function (this: StatementClient, connection, statement) {
    return cancellable(this, connection, statement, () =>
      base._query.call(this, connection, statement),
    );
  };
  Object.setPrototypeOf(client, prototype);
  return copy;
}

async function cancellable(
  client: StatementClient,
  connection: unknown,
  { sql = '' }: { sql?: string },
  run: () => Promise<unknown>,
): Promise<unknown> {
  const signal = currentSignal();
  if (signal === null || ENDS_TRANSACTION.test(sql)) return run();
  // Not the reason itself: Knex writes the statement into the message of what is thrown here, and a client may be told it.
  if (signal.aborted) throw new Error('The request is over', { cause: signal.reason });
  let cancelling: Promise<unknown> = Promise.resolve();
  const cancel = (): void => {
    cancelling = onNobodysBehalf(() => cancelOn(client, connection));
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await run();
  } finally {
    signal.removeEventListener('abort', cancel);
    // Else the cancellation could hit what the connection is used for next.
    await cancelling;
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
