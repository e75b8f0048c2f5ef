import type { Knex } from 'knex';
import { pause } from '../runtime/wait.js';
import { CONNECTION_LOST_CODE, StatementError } from './statement-error.js';

/** The members of a Knex client that end a connection. */
export interface ConnectionClient {
  config?: Knex.Config;
  acquireRawConnection(): Promise<unknown>;
  destroyRawConnection(connection: unknown): Promise<unknown>;
}

/** The used members of the drivers' connections. */
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

/** How long the server may take to end the session of a connection, milliseconds. */
const TERMINATE_MS = 5000;

/** Whether a connection was dropped: the pool closes it when it is returned. */
export function isDropped(connection: unknown): boolean {
  return (
    typeof connection === 'object' &&
    connection !== null &&
    Boolean((connection as DriverConnection).__knex__disposed)
  );
}

/**
 * Drops a connection that does not respond. The pool then makes a new one instead of reusing it, and a new connection ends the
 * session of the old one: the server may not notice for hours that its client is gone, and the session holds its locks.
 */
export function dropConnection(client: ConnectionClient, connection: unknown): void {
  const dropped = (connection ?? {}) as DriverConnection;
  if (typeof dropped.interrupt === 'function') {
    // SQLite has no server: the statement ends, and the connection can be used again.
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
