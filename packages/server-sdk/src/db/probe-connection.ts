import { dropConnection, type ConnectionClient } from './drop-connection.js';

/** How long a connection may lie unused before it is asked whether it still answers. */
const IDLE_MS = 250;
/** How long a server that is there takes at most for what it does not have to look anything up for. */
export const PROBE_DEADLINE_MS = 2000;

/** What begins a transaction: answered without any work, and nothing is lost when it is not. */
const BEGINS_TRANSACTION = /^\s*(begin|start transaction|set (session )?transaction)\b/i;

/** What of a Knex client's pool is used here: connections that nobody uses. */
interface PooledClient extends ConnectionClient {
  pool?: { free?: readonly { resource: unknown }[] };
}

/** Whether a statement is one that a silent connection is recognised by. */
export function isProbe(sql: string): boolean {
  return BEGINS_TRANSACTION.test(sql);
}

/**
 * When the connections of a pool answered last. A network that forgets connections says nothing to either side, and all
 * that lie in the pool are silent then: each would cost a request its deadline.
 */
export class PoolHealth {
  readonly #answeredAtMs = new WeakMap<object, number>();

  /** @param client the pool's, not that of a transaction */
  constructor(readonly client: PooledClient) {}

  /** Notes that a connection answered. */
  answered(connection: object): void {
    this.#answeredAtMs.set(connection, performance.now());
  }

  /** Whether a connection lay unused for so long that it is to be asked first. */
  isDoubtful(connection: object): boolean {
    const answeredAtMs = this.#answeredAtMs.get(connection);
    return answeredAtMs !== undefined && performance.now() - answeredAtMs > IDLE_MS;
  }

  /** Gives up the connections that nobody uses: one of them was silent, and what silenced it hardly chose one. */
  dropUnused(): void {
    for (const { resource } of [...(this.client.pool?.free ?? [])]) {
      dropConnection(this.client, resource);
    }
  }
}
