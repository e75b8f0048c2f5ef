/** Codes of deadlocks and of transactions that could not be put in a row: the same again may well succeed. */
const TRANSIENT = new Set([
  '40001', // PostgreSQL: serialization failure
  '40P01', // PostgreSQL: deadlock
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CHECKREAD', // MariaDB: row changed since the snapshot
  'SQLITE_BUSY',
]);

/** Codes, or their beginnings, of databases that cannot be reached or cannot write at all, whatever is written. */
const OUTAGE =
  /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|PROTOCOL_|08|53|57P|25006|SQLITE_(BUSY|FULL|IOERR|CANTOPEN|READONLY|CORRUPT|NOTADB)|ER_(CON_COUNT_ERROR|OPTION_PREVENTS_STATEMENT|DISK_FULL|RECORD_FILE_FULL))/;

/** Whether a transaction failed only because of others that ran at the same time. */
export function isTransient(error: unknown): boolean {
  return TRANSIENT.has(codeOf(error));
}

/** Whether the database failed, rather than what it was asked to write. */
export function isOutage(error: unknown): boolean {
  const isTimeout = error instanceof Error && error.name === 'KnexTimeoutError';
  return isTimeout || isTransient(error) || OUTAGE.test(codeOf(error));
}

function codeOf(error: unknown): string {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
}
