import type { Dialect } from '../db/dialects/dialect.js';
import { writeMysqlStatements } from '../db/migrations/0001/mysql.js';
import { POSTGRES } from '../db/migrations/0001/postgres.js';
import { SQLITE } from '../db/migrations/0001/sqlite.js';

/** A trigger, or on PostgreSQL a function that triggers run, as the migrations make it. */
export interface ExpectedTrigger {
  kind: 'trigger' | 'function';
  name: string;
  /** The statement that makes it. */
  statement: string;
  /** What the database keeps of it as text, normalized; `null` where it keeps a parsed form. */
  body: string | null;
}

/**
 * Lists the triggers of `model_calls` and their functions. A migration that replaces one of them has to be read here, after the
 * first.
 */
export function listExpectedTriggers(database: Dialect['name']): ExpectedTrigger[] {
  // The collation, which depends on the version, is in no trigger.
  const statements = { sqlite: SQLITE, postgres: POSTGRES, mysql: writeMysqlStatements('') };
  return statements[database].flatMap((statement) => {
    const [, kind, name = ''] = /^create (trigger|function) (\w+)/.exec(statement) ?? [];
    if (kind !== 'trigger' && kind !== 'function') return [];
    return { kind, name, statement, body: readBody(database, kind, statement) };
  });
}

function readBody(
  database: Dialect['name'],
  kind: ExpectedTrigger['kind'],
  statement: string,
): string | null {
  if (database === 'sqlite') return normalizeBody(statement);
  if (database === 'mysql') return normalizeBody(statement.split(/for each row/)[1] ?? '');
  return kind === 'function' ? normalizeBody(statement.split('$$')[1] ?? '') : null;
}

/** A text without comments, with one space in place of several, and without its first words, whose case SQLite changes. */
export function normalizeBody(text: string): string {
  const plain = text.replaceAll(/--[^\n]*/g, ' ').replaceAll(/\s+/g, ' ');
  return plain.trim().replace(/^create trigger /i, '');
}
