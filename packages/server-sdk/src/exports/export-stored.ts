import type { Database } from '../db/database.js';
import { USER_TABLES } from '../db/tables.js';
import { readInSnapshot } from '../db/transaction.js';
import { runInBackground } from '../runtime/request-signal.js';
import { isUserDid } from '../values/user-did.js';
import { readStoredRows } from './stored-rows-store.js';

/** Takes lines of JSON of a table. */
export type WriteLines = (table: string, lines: string) => Promise<void>;

/**
 * Reads all that is stored of a user, of every table with rows of users and of one state of the database, as lines of JSON.
 * Bytes are `{ "base64": "…" }`. Rows of a host's table (option `calls`) are the host's.
 *
 * @returns the number of rows by table
 * @throws TypeError for a text that names no user @throws StatementError when the database fails
 */
export function exportStored(
  database: Database,
  userDid: string,
  write: WriteLines,
): Promise<Record<string, number>> {
  if (!isUserDid(userDid)) throw new TypeError('export: userDid must name a user');
  return runInBackground(() =>
    readInSnapshot(database, async (transaction) => {
      const counts: Record<string, number> = {};
      for (const table of USER_TABLES) {
        let count = 0;
        await write(table, '');
        for await (const rows of readStoredRows(transaction, userDid, table)) {
          count += rows.length;
          await write(table, rows.map((row) => `${JSON.stringify(row, toJson)}\n`).join(''));
        }
        counts[table] = count;
      }
      return counts;
    }),
  );
}

/** Bytes as text, integers beyond those of JSON too. */
function toJson(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  // A buffer makes an object of itself before this is called.
  const stored = this[key];
  if (stored instanceof Uint8Array) return { base64: Buffer.from(stored).toString('base64') };
  return typeof value === 'bigint' ? String(value) : value;
}
