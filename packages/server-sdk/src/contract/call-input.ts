import type { CallStatus, CallType } from './common.js';

/** A call as recorded and imported; only `userDid`, `model`, `status` and `startedAt` are required. */
export interface ModelCallInput {
  /** Idempotency key within the user; the same id again is the same call, corrected. Default: a new UUID. */
  id?: string | undefined;
  traceId?: string | null | undefined;
  userDid: string;
  /** Project; `null` or missing: the project "unassigned". */
  appDid?: string | null | undefined;
  model: string;
  provider?: string | null | undefined;
  /** @default 'chatCompletion' */
  type?: CallType | undefined;
  status: CallStatus;
  /** Date, epoch milliseconds, or RFC 3339 (finer fractions are cut to the millisecond). */
  startedAt: Date | number | string;
  /** Start to end, milliseconds; fractions are kept to the microsecond. Ignored while processing. */
  durationMs?: number | null | undefined;
  /** Start to first byte, milliseconds. */
  ttfbMs?: number | null | undefined;
  /**
   * Tokens of token-metered types (`chatCompletion`, `embedding`, `custom`), whole numbers. `totalTokens` defaults to
   * input + output. Other types meter `units`; a `totalTokens` given for them is kept as `units` and never added to tokens.
   */
  usage?:
    | {
        inputTokens?: number | null | undefined;
        outputTokens?: number | null | undefined;
        totalTokens?: number | null | undefined;
        units?: number | null | undefined;
      }
    | null
    | undefined;
  /** Up to 8 decimals, exact as a string. Missing: the cost is not known. */
  credits?: string | number | null | undefined;
  errorReason?: string | null | undefined;
  metadata?: Record<string, unknown> | null | undefined;
}
