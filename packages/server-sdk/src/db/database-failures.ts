import { CONNECTION_LOST_CODE, DEADLINE_CODE, OWN_CODES } from './statement-error.js';

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
