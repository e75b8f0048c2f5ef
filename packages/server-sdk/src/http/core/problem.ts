import type { Problem } from '../../contract/error-codes.js';
import { isOutage } from '../../db/statement-error.js';
import { ERRORS, UsageError, type ErrorCode } from '../../errors.js';
import type { HttpResponse } from './http-message.js';

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

/** The response with a problem document, without the headers that every response has. */
export function respondWithProblem(
  problem: Problem,
  headers: Record<string, string> = {},
): HttpResponse {
  return {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
    body: JSON.stringify(problem),
  };
}

function toUsageError(error: unknown): UsageError {
  const code: ErrorCode = isOutage(error) ? 'DATABASE_BUSY' : 'INTERNAL';
  const detail =
    code === 'DATABASE_BUSY'
      ? 'The server is busy. Try again in a moment.'
      : 'Something went wrong on the server. The request id names it in the log.';
  return new UsageError(code, detail, { cause: error });
}
