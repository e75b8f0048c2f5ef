import { LRUCache } from 'lru-cache';
import type { Statement } from 'sqlite3';

/** What is asked again and again: the endpoints, in the ranges that pages open with. */
const MAX_STATEMENTS = 64;

type RowsCallback = (this: Statement, error: Error | null, rows: unknown[]) => void;

/** What of a connection of the driver `sqlite3` is used here. */
export interface KeepingConnection {
  prepare(sql: string): Statement;
  all(sql: string, bindings: unknown, done: RowsCallback): unknown;
  close(done: (error: Error | null) => void): void;
}

/**
 * Lets a connection keep the statements that it prepared: the driver makes a new one of each text that it is asked, which
 * is a third of the cost of a small answer. The least recently used goes; SQLite itself prepares anew what a changed schema
 * made stale. Only for connections that read: what fails is not kept.
 */
export function keepStatements(connection: KeepingConnection): void {
  const kept = new LRUCache<string, Statement>({
    max: MAX_STATEMENTS,
    dispose: (statement) => void statement.finalize(),
  });

  connection.all = (sql, bindings, done) => {
    const known = kept.get(sql);
    const statement = known ?? connection.prepare(sql);
    // A text that cannot be prepared answers this way alone, see the driver's `Database.all`.
    if (!known) statement.once('error', done);
    return statement.all(bindings, function (this: Statement, error, rows: unknown[]) {
      // Else it would hold the first answer for as long as it is kept.
      if (!known) statement.removeListener('error', done);
      if (known && error) kept.delete(sql);
      else if (!known && (error || kept.has(sql))) statement.finalize();
      else if (!known) kept.set(sql, statement);
      done.call(this, error, rows);
    });
  };

  const close = connection.close.bind(connection);
  connection.close = (done) => {
    // SQLite does not close what has statements.
    kept.clear();
    close(done);
  };
}
