import type { Problem } from '../contract/common.js';
import { isOutage } from '../services/database-faults.js';
import { ERRORS, UsageError, type ErrorCode } from '../errors.js';

/** An error as a client may see it: ours as they are, any other as `INTERNAL` without a word of what it was. */
export function toProblem(error: unknown, requestId: string): Problem {
  const known = error instanceof UsageError ? error : toUsageError(error);
  return {
    type: `urn:usage-kit:problem:${known.code.toLowerCase().replaceAll('_', '-')}`,
    title: ERRORS[known.code].title,
    status: known.status,
    detail: known.message,
    code: known.code,
    requestId,
    ...(known.items.length > 0 ? { errors: [...known.items] } : {}),
  };
}

function toUsageError(error: unknown): UsageError {
  const code: ErrorCode = isBusy(error) ? 'DATABASE_BUSY' : 'INTERNAL';
  const detail =
    code === 'DATABASE_BUSY'
      ? 'The server is busy. Try again in a moment.'
      : 'Something went wrong on the server. The request id names it in the log.';
  return new UsageError(code, detail, { cause: error });
}

/** Codes of statements that a time limit of the host's own ended. */
const TIMED_OUT: ReadonlySet<unknown> = new Set([
  '57014', // PostgreSQL
  'ER_STATEMENT_TIMEOUT', // MariaDB
  'ER_QUERY_TIMEOUT', // MySQL
  'ER_QUERY_INTERRUPTED',
  'SQLITE_INTERRUPT',
]);

/** A lock, no free connection in time, a database that is gone: nothing that the request is to blame for, nor for long. */
function isBusy(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return isOutage(error) || ('code' in error && TIMED_OUT.has(error.code));
}
