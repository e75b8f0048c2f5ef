import { statSync } from 'node:fs';
import type { Knex } from 'knex';
import { requireOneCopy } from './sqlite-copies.js';
import { StatementError } from '../statement-error.js';

/** How often writes check for another copy of SQLite, milliseconds: a host may load one at any time. */
const COPIES_CHECK_MS = 1000;

/** The used members of a Knex client of SQLite. */
export interface PoolClient {
  config: Knex.Config;
  pool?: { numUsed(): number; numFree(): number };
  acquireRawConnection(): Promise<unknown>;
}

/**
 * The file of a SQLite database, and its identity at its first use. A process that has a file open continues to use it after the
 * file was deleted or replaced: its writes are lost then when it ends.
 */
export class SqliteFile {
  readonly #identities = new Map<string, string>();
  #copiesCheckedAtMs = Number.NEGATIVE_INFINITY;

  /**
   * @param path of the file
   * @param clients whose connections are to it
   * @param keepsLog whether a connection is always open, and with it the log (`-wal`), which holds what was committed last
   */
  constructor(
    readonly path: string,
    readonly clients: readonly PoolClient[],
    readonly keepsLog: boolean,
  ) {}

  /** Makes new connections fail while another copy of SQLite has the file open. */
  guardConnections(): void {
    for (const client of this.clients) {
      const acquire = client.acquireRawConnection.bind(client);
      client.acquireRawConnection = async () => {
        requireOneCopy(this.path, this.#openConnections());
        return acquire();
      };
    }
  }

  /**
   * Checks that the file is still the one that connections write to; to be called before a write and before its acknowledgement.
   *
   * @throws StatementError `SQLITE_CANTOPEN` when it was deleted or replaced
   * @throws SqliteCopiesError when another copy of SQLite has it open
   */
  check(): void {
    this.#requireSame(this.path);
    if (this.keepsLog) this.#requireSame(`${this.path}-wal`);
    const nowMs = performance.now();
    if (nowMs - this.#copiesCheckedAtMs < COPIES_CHECK_MS) return;
    requireOneCopy(this.path, this.#openConnections());
    this.#copiesCheckedAtMs = nowMs;
  }

  /** @throws StatementError when a file that was checked before is gone, or is another one */
  #requireSame(path: string): void {
    const found = statSync(path, { throwIfNoEntry: false });
    const known = this.#identities.get(path);
    const identity = found && `${found.dev} ${found.ino}`;
    if (known === undefined && identity !== undefined) this.#identities.set(path, identity);
    if (known === undefined || known === identity) return;
    throw new StatementError(
      'SQLITE_CANTOPEN',
      'The database file was deleted or replaced while it was open; what is written now would be lost. Restart the process',
    );
  }

  #openConnections(): number {
    let count = 0;
    for (const { pool } of this.clients) count += pool ? pool.numUsed() + pool.numFree() : 0;
    return count;
  }
}

/** The path of a SQLite client's file; `null` for a database in memory, a URI or a custom connection. */
export function getSqlitePath(config: Knex.Config): string | null {
  const { connection } = config;
  const filename =
    typeof connection === 'object' && 'filename' in connection ? connection.filename : connection;
  if (
    typeof filename !== 'string' ||
    filename === '' ||
    /:memory:|^file:|mode=memory/.test(filename)
  ) {
    return null;
  }
  return filename;
}
