import { dropConnection, type ConnectionClient } from './drop-connection.js';

/** How long a connection may be idle before it is probed, milliseconds. */
const IDLE_MS = 250;
/** How long a server that is available takes at most for a statement that reads no table, milliseconds. */
export const PROBE_DEADLINE_MS = 2000;

/** Statements that begin a transaction: the server responds without any work, and no change is lost without a response. */
const BEGINS_TRANSACTION = /^\s*(begin|start transaction|set (session )?transaction)\b/i;

/** The used members of a Knex client's pool: idle connections. */
interface PooledClient extends ConnectionClient {
  pool?: { free?: readonly { resource: unknown }[] };
}

/** Whether a statement shows that a connection is silent when it gets no response. */
export function isProbe(sql: string): boolean {
  return BEGINS_TRANSACTION.test(sql);
}

/**
 * Stores when each connection of a pool responded last. A network that drops connections notifies neither side, and all idle
 * connections of the pool are silent then: a request on each would wait until its deadline.
 */
export class PoolHealth {
  readonly #answeredAtMs = new WeakMap<object, number>();

  /** @param client the pool's, not that of a transaction */
  constructor(readonly client: PooledClient) {}

  /** Stores that a connection responded now. */
  answered(connection: object): void {
    this.#answeredAtMs.set(connection, performance.now());
  }

  /** Whether a connection was idle for so long that it is to be probed. */
  isDoubtful(connection: object): boolean {
    const answeredAtMs = this.#answeredAtMs.get(connection);
    return answeredAtMs !== undefined && performance.now() - answeredAtMs > IDLE_MS;
  }

  /** Drops the idle connections after one of them was silent, because the cause rarely affects only one. */
  dropUnused(): void {
    for (const { resource } of [...(this.client.pool?.free ?? [])]) {
      dropConnection(this.client, resource);
    }
  }
}
