import type { Knex } from 'knex';
import { pause } from '../runtime/wait.js';
import { CONNECTION_LOST_CODE, StatementError } from './statement-error.js';

/** What of a Knex client is used to end a connection. */
export interface ConnectionClient {
  config?: Knex.Config;
  acquireRawConnection(): Promise<unknown>;
  destroyRawConnection(connection: unknown): Promise<unknown>;
}

/** What of the drivers' connections is used here. */
interface DriverConnection {
  __knex__disposed?: unknown;
  /** PostgreSQL. */
  processID?: number;
  connection?: { stream?: { destroy(): void } };
  query?: (...values: unknown[]) => unknown;
  /** MySQL. */
  threadId?: number;
  destroy?: () => void;
  /** SQLite. */
  interrupt?: () => void;
}

/** How long the server is given to end the other side of a connection. */
const TERMINATE_MS = 5000;

/** Whether a connection was given up: the pool closes it when it gets it back. */
export function isDropped(connection: unknown): boolean {
  return (
    typeof connection === 'object' &&
    connection !== null &&
    Boolean((connection as DriverConnection).__knex__disposed)
  );
}

/**
 * Gives a connection up that does not answer. The pool then makes a new one instead of handing it out, and the server is
 * asked over a new connection to end the old one's session: it may not notice by itself for hours, and holds its locks.
 */
export function dropConnection(client: ConnectionClient, connection: unknown): void {
  const dropped = (connection ?? {}) as DriverConnection;
  if (typeof dropped.interrupt === 'function') {
    // SQLite has no other side: the statement ends, the connection is sound.
    dropped.interrupt();
    return;
  }
  dropped.__knex__disposed = new StatementError(CONNECTION_LOST_CODE, 'The connection was silent');
  const terminate = getTermination(dropped);
  if (dropped.connection?.stream) dropped.connection.stream.destroy();
  else dropped.destroy?.();
  if (terminate !== null) void endSession(client, terminate);
}

type Query = (connection: DriverConnection, done: (error: unknown) => void) => void;

function getTermination({ processID, threadId }: DriverConnection): Query | null {
  if (typeof processID === 'number') {
    return (connection, done) =>
      connection.query?.('select pg_terminate_backend($1)', [processID], done);
  }
  if (typeof threadId === 'number') {
    return (connection, done) => connection.query?.(`kill ${threadId}`, done);
  }
  return null;
}

/** Best effort: a server that cannot be reached has no locks that matter. */
async function endSession(client: ConnectionClient, terminate: Query): Promise<void> {
  let connection: DriverConnection | null = null;
  const work = async (): Promise<void> => {
    connection = (await client.acquireRawConnection()) as DriverConnection;
    const opened = connection;
    await new Promise<void>((resolve) => {
      terminate(opened, () => {
        resolve();
      });
    });
  };
  try {
    await Promise.race([work(), pause(TERMINATE_MS)]);
  } catch {
    // The server refuses connections: it is down, or full.
  }
  if (connection !== null) await client.destroyRawConnection(connection).catch(() => undefined);
}
