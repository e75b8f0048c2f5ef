import type { Knex } from 'knex';
import type { ConnectionClient } from './drop-connection.js';

/** A statement as Knex hands it to its driver. */
export interface Statement {
  sql?: string;
  bindings?: unknown;
  response?: unknown;
}

/** The used members of a Knex client; every statement of every kind goes through `_query`. */
export interface StatementClient extends ConnectionClient {
  canCancelQuery?: boolean;
  driverName?: string;
  _query(connection: unknown, statement: Statement): Promise<unknown>;
  cancelQuery(connection: unknown): Promise<unknown>;
}

/** Runs one statement; `run` hands it to the driver. */
export type QueryOverride = (
  client: StatementClient,
  connection: unknown,
  statement: Statement,
  run: (statement: Statement) => Promise<unknown>,
) => Promise<unknown>;

/** Events that Knex emits for statements. */
const EVENTS = ['start', 'query', 'query-error', 'query-response'];

/**
 * The same Knex instance, over the same pool, whose statements go through a function. A host's instance is not changed.
 */
export function overrideQuery(knex: Knex, override: QueryOverride): Knex {
  const copy = knex.withUserParams({});
  for (const event of EVENTS) {
    // Knex copies the present listeners; a host may add others later.
    copy.removeAllListeners(event);
    copy.on(event, (...values: unknown[]) => knex.emit(event, ...values));
  }
  const client = copy.client as StatementClient;
  const base = Object.getPrototypeOf(client) as StatementClient;
  // By prototype, because Knex makes the clients of transactions from `client.constructor.prototype`.
  const prototype = Object.create(base) as StatementClient & { constructor: unknown };
  const made = function (): void {
    // Never called: Knex reads only its prototype.
  };
  made.prototype = prototype;
  prototype.constructor = made;
  prototype._query = function (this: StatementClient, connection, statement) {
    return override(this, connection, statement, (given) =>
      base._query.call(this, connection, given),
    );
  };
  Object.setPrototypeOf(client, prototype);
  return copy;
}
