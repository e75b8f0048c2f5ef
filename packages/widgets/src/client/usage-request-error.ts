import type { ResponseErrorCode } from '@usage-kit/server-sdk/contract';

/** Failures that the client finds itself. */
export type ClientErrorCode =
  | 'BAD_RESPONSE'
  | 'BASE_URL_INVALID'
  | 'NETWORK'
  | 'REDIRECTED'
  | 'TIMEOUT'
  | 'TOKEN_REFUSED'
  | 'TOKEN_UNAVAILABLE'
  | 'UNEXPECTED';

/**
 * The server's codes and the client's; `HTTP_502` and the like for a response without a problem document.
 *
 * A newer server may send a code that is not listed: it is passed on as it is.
 */
export type UsageErrorCode = ResponseErrorCode | ClientErrorCode | `HTTP_${number}`;

/** What a caller needs to know to make a {@link UsageRequestError}. */
export interface UsageRequestErrorInit {
  code: UsageErrorCode;
  status: number | null;
  retryable: boolean;
  requestId?: string | null;
  retryAfterMs?: number | null;
  cause?: unknown;
}

/**
 * The one error the client throws, whatever went wrong.
 *
 * `code` is the server's or the client's, see {@link UsageErrorCode}. `status` is the HTTP status, `null` without a response.
 * `retryAfterMs` is the server's floor in milliseconds, `null` when it names none.
 */
export class UsageRequestError extends Error {
  readonly code: UsageErrorCode;
  readonly status: number | null;
  /** Whether the same request may succeed later without any change. */
  readonly retryable: boolean;
  /** Names the request in the server's log; show it to people who ask for help. */
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;

  constructor(message: string, init: UsageRequestErrorInit) {
    super(message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = 'UsageRequestError';
    this.code = init.code;
    this.status = init.status;
    this.retryable = init.retryable;
    this.requestId = init.requestId ?? null;
    this.retryAfterMs = init.retryAfterMs ?? null;
  }
}

/** Whether an error is the client's own, also across two copies of this package on one page. */
export function isUsageRequestError(error: unknown): error is UsageRequestError {
  return error instanceof Error && error.name === 'UsageRequestError';
}
