import type { Logger } from './logger.js';

/** Codes of database drivers: SQLite's, MySQL's, PostgreSQL's SQLSTATE. */
const DATABASE_CODE = /^(SQLITE_\w+|ER_\w+|[0-9A-Z]{5})$/;
/** A message of an error of a statement: Knex begins it with the statement. */
const STATEMENT =
  /^\s*(select|insert|update|delete|with|begin|commit|rollback|pragma|set)\b.* - /is;
/** Secrets that must not be in a log, and their replacements. */
const SECRETS: readonly [RegExp, string][] = [
  [/\beyJ[\w-]*\.[\w-]*\.?[\w-]*/g, '[token]'],
  [/\b(bearer|basic)\s+[^\s"',;]+/gi, '$1 [redacted]'],
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"']*@/gi, '$1[redacted]@'],
];
const MAX_CAUSES = 3;
/** A shorter secret could be an ordinary word. */
const MIN_SECRET_LENGTH = 6;
const MAX_FRAMES = 8;

/**
 * Makes a logger that redacts what it logs. Drivers put a statement and its values into the message of an error, and errors
 * of the host may quote a header. So an error of a database is logged with its code and without its message, tokens and
 * passwords are replaced, and the stack names files without their folders.
 */
export function createRedactingLogger(logger: Logger): Logger {
  const redactFields = (
    fields: Record<string, unknown> | undefined,
  ): Record<string, unknown> | undefined =>
    fields &&
    Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, redact(value)]));
  return {
    debug: (message, fields) => {
      logger.debug(message, redactFields(fields));
    },
    info: (message, fields) => {
      logger.info(message, redactFields(fields));
    },
    warn: (message, fields) => {
      logger.warn(message, redactFields(fields));
    },
    error: (message, fields) => {
      logger.error(message, redactFields(fields));
    },
  };
}

/**
 * Redacts an error for a log.
 *
 * @param secrets credentials of the request, which an error of the host may quote
 * @returns a value of JSON
 */
export function describeForLog(error: unknown, secrets: readonly string[]): unknown {
  const text = JSON.stringify(redact(error)) as string | undefined;
  const shown = secrets
    .filter((secret) => secret.length >= MIN_SECRET_LENGTH)
    .reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text ?? 'null');
  return JSON.parse(shown) as unknown;
}

function redact(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
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
        : redactText(error.message),
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

/** Replaces secrets and paths; a line break becomes a space, so that a text cannot forge a log line. */
function redactText(text: string): string {
  const shown = SECRETS.reduce((rest, [pattern, to]) => rest.replace(pattern, to), text);
  return shown.replace(/(?:file:\/\/)?(?:\/[\w.@-]+){2,}/g, '[path]').replace(/[\r\n]+/g, ' ');
}
