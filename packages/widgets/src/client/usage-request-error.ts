/** What a caller needs to know to make a {@link UsageRequestError}. */
export interface UsageRequestErrorInit {
  code: string;
  status: number | null;
  retryable: boolean;
  requestId?: string | null;
  retryAfterMs?: number | null;
  cause?: unknown;
}

/**
 * The one error the client throws, whatever went wrong.
 *
 * `code` is the server's code, or `NETWORK`, `TIMEOUT`, `BAD_RESPONSE` when there is no problem document. `status` is the
 * HTTP status, `null` without an answer. `retryAfterMs` is the server's floor in milliseconds, `null` when it names none.
 */
export class UsageRequestError extends Error {
  readonly code: string;
  readonly status: number | null;
  /** Whether the same request may succeed later without anybody changing anything. */
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
