import type { Logger } from './logger.js';

/** Codes of database drivers: SQLite's, MySQL's, PostgreSQL's SQLSTATE. */
const DATABASE_CODE = /^(SQLITE_\w+|ER_\w+|[0-9A-Z]{5})$/;
/** What Knex begins the message of an error with that came while it ran a statement. */
const STATEMENT =
  /^\s*(select|insert|update|delete|with|begin|commit|rollback|pragma|set)\b.* - /is;
/** What must never be read in a log, wherever it comes from. */
const SECRETS: readonly [RegExp, string][] = [
  [/\beyJ[\w-]*\.[\w-]*\.?[\w-]*/g, '[token]'],
  [/\b(bearer|basic)\s+[^\s"',;]+/gi, '$1 [redacted]'],
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"']*@/gi, '$1[redacted]@'],
];
const MAX_CAUSES = 3;
/** Shorter ones are words that could be anywhere. */
const MIN_SECRET_LENGTH = 6;
const MAX_FRAMES = 8;

/**
 * A logger that tells what went wrong without what must not be in a log. Drivers put the statement and its values into the
 * message of an error, and errors of the host's may quote a header: of a database's error only the code is kept, tokens
 * and passwords are blanked, and the stack names files without their folders.
 */
export function createRedactingLogger(logger: Logger): Logger {
  const readFields = (
    fields: Record<string, unknown> | undefined,
  ): Record<string, unknown> | undefined =>
    fields &&
    Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, discreet(value)]));
  return {
    debug: (message, fields) => {
      logger.debug(message, readFields(fields));
    },
    info: (message, fields) => {
      logger.info(message, readFields(fields));
    },
    warn: (message, fields) => {
      logger.warn(message, readFields(fields));
    },
    error: (message, fields) => {
      logger.error(message, readFields(fields));
    },
  };
}

/**
 * An error as a log may have it.
 *
 * @param secrets what the request proved itself with, which an error of the host's may quote
 */
export function describeFault(error: unknown, secrets: readonly string[]): unknown {
  const text = JSON.stringify(discreet(error)) as string | undefined;
  const shown = secrets
    .filter((secret) => secret.length >= MIN_SECRET_LENGTH)
    .reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text ?? 'null');
  return JSON.parse(shown) as unknown;
}

function discreet(value: unknown): unknown {
  if (typeof value === 'string') return blank(value);
  return value instanceof Error ? describeError(value, MAX_CAUSES) : value;
}

function describeError(error: Error, causes: number): Record<string, unknown> {
  const code: unknown = 'code' in error ? error.code : undefined;
  const isDatabases = typeof code === 'string' && DATABASE_CODE.test(code);
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    message:
      isDatabases || 'sql' in error || STATEMENT.test(error.message)
        ? 'The database refused a statement'
        : blank(error.message),
    at: readFrames(error.stack ?? ''),
    ...(error.cause instanceof Error && causes > 0
      ? { cause: describeError(error.cause, causes - 1) }
      : {}),
  };
}

/** Only the frames: the stack's first lines repeat the message. */
function readFrames(stack: string): string[] {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, MAX_FRAMES)
    .map((line) => line.trim().replace(/(?:file:\/\/)?[^\s()]*[/\\]/g, ''));
}

/** Log lines of their own making are a reader's, not a client's, to begin. */
function blank(text: string): string {
  const shown = SECRETS.reduce((rest, [pattern, to]) => rest.replace(pattern, to), text);
  return shown.replace(/(?:file:\/\/)?(?:\/[\w.@-]+){2,}/g, '[path]').replace(/[\r\n]+/g, ' ');
}
