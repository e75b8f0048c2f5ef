/** Every error code of the endpoints, and its HTTP status. */
export interface ResponseErrorStatuses {
  PARAMETER_INVALID: 400;
  CURSOR_INVALID: 400;
  PATH_INVALID: 400;
  BODY_INVALID: 400;
  UNAUTHENTICATED: 401;
  TOKEN_INVALID: 401;
  SCOPE_FORBIDDEN: 403;
  PROJECT_FORBIDDEN: 403;
  ORIGIN_FORBIDDEN: 403;
  ROUTE_NOT_FOUND: 404;
  PROJECT_NOT_FOUND: 404;
  RULE_NOT_FOUND: 404;
  ADVICE_NOT_FOUND: 404;
  METHOD_NOT_ALLOWED: 405;
  IDEMPOTENCY_KEY_IN_USE: 409;
  RULE_READ_ONLY: 409;
  TOO_MANY_RULES: 409;
  BODY_TOO_LARGE: 413;
  CONTENT_TYPE_INVALID: 415;
  IDEMPOTENCY_KEY_REUSED: 422;
  TOO_MANY_REQUESTS: 429;
  INTERNAL: 500;
  DATABASE_BUSY: 503;
  SERVER_BUSY: 503;
  ANSWER_TOO_SLOW: 503;
  QUOTA_UNAVAILABLE: 503;
}

/** Every error code of recording and of the rollup, which only the host's code receives, and the HTTP status for a host that forwards it. */
export interface RecordingErrorStatuses {
  CALLS_READ_ONLY: 409;
  CALLS_ARCHIVED: 409;
  CALL_INVALID: 422;
  RECORDER_FULL: 503;
  RECORDER_STOPPED: 503;
}

/** Every error code and its HTTP status. */
export interface ErrorStatuses extends ResponseErrorStatuses, RecordingErrorStatuses {}

/** Stable name of an error of the endpoints, e.g. `PROJECT_NOT_FOUND`. */
export type ResponseErrorCode = keyof ResponseErrorStatuses;

/** Stable name of an error for programs: of the endpoints or of recording. */
export type ErrorCode = keyof ErrorStatuses;

/** RFC 9457 problem document, `application/problem+json`. */
export interface Problem {
  /** URN of the kind of problem, e.g. `urn:usage-kit:problem:project-not-found`. */
  type: string;
  title: string;
  status: number;
  detail: string;
  /** Stable name for programs, e.g. `PROJECT_NOT_FOUND`. */
  code: ErrorCode;
  /** Names this request in the server's log. */
  requestId: string;
  /** The parameters that were refused and why. */
  errors?: { parameter: string; detail: string }[];
}
