/**
 * The error of a statement that a database refused or did not respond to. Errors of drivers and Knex contain the statement and
 * its values, and a host may log or show them; this one has the driver's code and no value of a user's.
 */
export class StatementError extends Error {
  override readonly name = 'StatementError';
  /** The driver's: an SQLSTATE, `ER_…`, `SQLITE_…`, or Node's (`ECONNRESET`). */
  readonly code: string;

  constructor(code: string, detail: string) {
    super(detail === '' ? `The database refused a statement (${code})` : `${detail} (${code})`);
    this.code = code;
    // Knex puts the statement before the message of what it catches.
    Object.defineProperty(this, 'message', { value: this.message, writable: false });
  }
}

/** The code of a statement without a response before its deadline. */
export const DEADLINE_CODE = 'STATEMENT_DEADLINE';
/** The code of a statement whose request is over. */
export const ABORTED_CODE = 'STATEMENT_ABORTED';
/** The code of a statement on a connection that is gone. */
export const CONNECTION_LOST_CODE = 'CONNECTION_LOST';
/** Codes that the SDK gives, not a database. */
export const OWN_CODES: ReadonlySet<string> = new Set([
  CONNECTION_LOST_CODE,
  DEADLINE_CODE,
  ABORTED_CODE,
]);

/** Codes of errors about tables, columns, rights and connections, whose messages have no value. */
const MESSAGE_IS_SAFE =
  /^(SQLITE_\w+|42\w{3}|08\w{3}|25\w{3}|40\w{3}|53\w{3}|55\w{3}|57\w{3}|E[A-Z]+|ER_(NO_SUCH_TABLE|BAD_FIELD_ERROR|LOCK_\w+|CON_COUNT_ERROR|TOO_MANY_USER_CONNECTIONS|NET_PACKET_TOO_LARGE|TABLE_EXISTS_ERROR|OPTION_PREVENTS_STATEMENT|SERVER_SHUTDOWN|QUERY_INTERRUPTED|STATEMENT_TIMEOUT)|PROTOCOL_\w+)$/;
/** Messages of drivers that report a lost connection without a code. */
const CONNECTION_LOST =
  /connection (was )?(terminated|ended|lost|closed)|closed state|client (was|has been) closed|not queryable|server closed the connection|SQLITE_MISUSE: Database (handle )?is closed/i;

/** MariaDB's own numbers, which the driver of MySQL has no name for. */
const MARIADB_CODES: Readonly<Record<number, string>> = {
  1927: 'ER_CONNECTION_KILLED',
  1969: 'ER_STATEMENT_TIMEOUT',
};

/** Converts a driver's error to one without the statement and its values. */
export function toStatementError(error: unknown): StatementError {
  if (error instanceof StatementError) return error;
  const { code, errno, message } = (error ?? {}) as Record<string, unknown>;
  const text = typeof message === 'string' ? message : '';
  const known =
    typeof code === 'string' && code !== ''
      ? code
      : (findNumberCode(errno) ?? findMessageCode(text));
  return new StatementError(known, MESSAGE_IS_SAFE.test(known) ? text : '');
}

function findNumberCode(errno: unknown): string | null {
  if (typeof errno !== 'number') return null;
  return MARIADB_CODES[errno] ?? `ERRNO_${errno}`;
}

function findMessageCode(message: string): string {
  if (CONNECTION_LOST.test(message)) return CONNECTION_LOST_CODE;
  return /^(SQLITE_\w+)/.exec(message)?.[1] ?? 'UNKNOWN';
}

/** Codes of transactions that the database aborted in favour of others; the same transaction may succeed when it is repeated. */
const TRANSIENT = new Set([
  '40001', // PostgreSQL: serialization failure
  '40P01', // PostgreSQL: deadlock
  '55P03', // PostgreSQL: lock_timeout
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CHECKREAD', // MariaDB: row changed since the snapshot
  'SQLITE_BUSY',
]);

/**
 * Codes, or their prefixes, of connections that broke or were refused: the statement may not have been executed, and a new
 * connection may work.
 */
const DISCONNECTED =
  /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|PROTOCOL_|08|57P|53300|ER_(CON_COUNT_ERROR|SERVER_SHUTDOWN|TOO_MANY_USER_CONNECTIONS|USER_LIMIT_REACHED|CONNECTION_KILLED))/;

/** Other codes of failures of the database, its limits or its rights rather than of the statement. */
const UNAVAILABLE =
  /^(25|28|53|54|55|57|58|42501|XX|ETIMEDOUT|SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|CORRUPT|NOTADB|NOMEM|PERM|AUTH|INTERRUPT|PROTOCOL)|ER_(OPTION_PREVENTS_STATEMENT|CANT_EXECUTE_IN_READ_ONLY_TRANSACTION|DISK_FULL|RECORD_FILE_FULL|NET_PACKET_TOO_LARGE|STATEMENT_TIMEOUT|QUERY_TIMEOUT|QUERY_INTERRUPTED|LOCK_NOWAIT|OUT_OF_RESOURCES|OUTOFMEMORY|ACCESS_DENIED_ERROR|DBACCESS_DENIED_ERROR|TABLEACCESS_DENIED_ERROR|READ_ONLY_MODE|NEW_ABORTING_CONNECTION|UNKNOWN_COM_ERROR))/;

/** Whether a transaction failed only because of others that ran at the same time. */
export function isTransient(error: unknown): boolean {
  return TRANSIENT.has(readCode(error));
}

/** Whether the connection broke, or none could be made. Reads, and writes that can be repeated, may be tried again. */
export function isDisconnected(error: unknown): boolean {
  const code = readCode(error);
  return code === CONNECTION_LOST_CODE || DISCONNECTED.test(code);
}

/** Whether a statement had no response before its deadline. */
export function isTimedOut(error: unknown): boolean {
  return readCode(error) === DEADLINE_CODE;
}

/** Whether a statement exceeds the packet size of the server. */
export function isTooLarge(error: unknown): boolean {
  return readCode(error) === 'ER_NET_PACKET_TOO_LARGE';
}

/** Whether a row with the same key exists. */
export function isDuplicate(error: unknown): boolean {
  return readCode(error) === 'ER_DUP_ENTRY';
}

/** Whether the database failed, rather than the statement. */
export function isOutage(error: unknown): boolean {
  const code = readCode(error);
  return (
    isPoolTimeout(error) ||
    isTransient(error) ||
    isDisconnected(error) ||
    OWN_CODES.has(code) ||
    UNAVAILABLE.test(code)
  );
}

/** Whether no connection of the pool became free, or could be made, in time; or the pool is closed. */
function isPoolTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    /^(KnexTimeoutError|TimeoutError)$/.test(error.name) ||
    error.message === 'Unable to acquire a connection'
  );
}

function readCode(error: unknown): string {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
}
