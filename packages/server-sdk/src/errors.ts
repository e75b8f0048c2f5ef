import type { ErrorCode, ErrorStatuses } from './contract/error-codes.js';

export type { ErrorCode };

/** HTTP statuses and titles of problems, by code; the only table of them. */
export const ERRORS = {
  PARAMETER_INVALID: { status: 400, title: 'Invalid parameter' },
  CURSOR_INVALID: { status: 400, title: 'Invalid cursor' },
  PATH_INVALID: { status: 400, title: 'Invalid path' },
  BODY_INVALID: { status: 400, title: 'Invalid body' },
  UNAUTHENTICATED: { status: 401, title: 'Not signed in' },
  TOKEN_INVALID: { status: 401, title: 'Token not valid' },
  SCOPE_FORBIDDEN: { status: 403, title: 'Outside the token’s scopes' },
  PROJECT_FORBIDDEN: { status: 403, title: 'Outside the token’s projects' },
  ORIGIN_FORBIDDEN: { status: 403, title: 'Not from this origin' },
  ROUTE_NOT_FOUND: { status: 404, title: 'No such endpoint' },
  PROJECT_NOT_FOUND: { status: 404, title: 'No such project' },
  RULE_NOT_FOUND: { status: 404, title: 'No such rule' },
  ADVICE_NOT_FOUND: { status: 404, title: 'No such advice' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'Method not allowed' },
  IDEMPOTENCY_KEY_IN_USE: { status: 409, title: 'The first attempt is not done' },
  RULE_READ_ONLY: { status: 409, title: 'Rule of the host' },
  TOO_MANY_RULES: { status: 409, title: 'Too many rules' },
  BODY_TOO_LARGE: { status: 413, title: 'Body too large' },
  CONTENT_TYPE_INVALID: { status: 415, title: 'Not JSON' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'Key of another request' },
  CALLS_READ_ONLY: { status: 409, title: 'Calls are recorded elsewhere' },
  CALLS_ARCHIVED: { status: 409, title: 'Calls are archived' },
  CALL_INVALID: { status: 422, title: 'Invalid call' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests' },
  INTERNAL: { status: 500, title: 'Internal error' },
  RECORDER_FULL: { status: 503, title: 'Too many calls to record' },
  RECORDER_STOPPED: { status: 503, title: 'Recording has stopped' },
  DATABASE_BUSY: { status: 503, title: 'Temporarily unavailable' },
  SERVER_BUSY: { status: 503, title: 'Temporarily unavailable' },
  ANSWER_TOO_SLOW: { status: 503, title: 'Took too long' },
  QUOTA_UNAVAILABLE: { status: 503, title: 'No ledger' },
} as const satisfies {
  readonly [Code in ErrorCode]: { readonly status: ErrorStatuses[Code]; readonly title: string };
};

/** A refused parameter or field, and why. */
export interface ErrorItem {
  parameter: string;
  detail: string;
}

/** An expected error; its message may be shown to a client. @see https://www.rfc-editor.org/rfc/rfc9457 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly items: readonly ErrorItem[];
  /** Seconds after which to retry; `null` where unknown. */
  readonly retryAfterSeconds: number | null;

  constructor(
    code: ErrorCode,
    detail: string,
    options: { items?: readonly ErrorItem[]; cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = ERRORS[code].status;
    this.items = options.items ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}
