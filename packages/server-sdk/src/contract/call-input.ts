import type { CallStatus, CallType } from './common.js';

/**
 * A call as a host records it; only `userDid`, `model`, `status` and `startedAt` are required. An optional value that can't
 * be stored is rounded or becomes unknown, with a warning; the call is stored all the same. Texts have no control characters
 * and no lone surrogates; lengths are in UTF-16 units.
 */
export interface ModelCallInput {
  /**
   * Idempotency key within the user, at most 128 characters; the same id again is the same call, corrected. Default: a new
   * UUID.
   */
  id?: string | undefined;
  /** At most 128 characters. */
  traceId?: string | null | undefined;
  /** At most 255 characters. */
  userDid: string;
  /** Project, at most 255 characters; `null` or missing: the project "unassigned". */
  appDid?: string | null | undefined;
  /** At most 255 characters. */
  model: string;
  /** At most 128 characters. */
  provider?: string | null | undefined;
  /** Another word is `custom`, with a warning. @default 'chatCompletion' */
  type?: CallType | undefined;
  status: CallStatus;
  /** Date, epoch milliseconds, or RFC 3339 (finer fractions are truncated to the millisecond). */
  startedAt: Date | number | string;
  /** Start to end, milliseconds; fractions are stored to the microsecond. Ignored while processing. */
  durationMs?: number | null | undefined;
  /** Start to first byte, milliseconds. */
  ttfbMs?: number | null | undefined;
  /**
   * Tokens of token-metered types (`chatCompletion`, `embedding`, `custom`), integers. `totalTokens` defaults to
   * input + output. Other types meter `units`; their `totalTokens` is stored as `units` and never added to tokens. Parts that
   * exceed their whole, or whose whole is unknown, become unknown.
   */
  usage?:
    | {
        inputTokens?: number | null | undefined;
        outputTokens?: number | null | undefined;
        totalTokens?: number | null | undefined;
        units?: number | null | undefined;
        /** The part of `inputTokens` that was read from the provider's prompt cache. */
        cachedInputTokens?: number | null | undefined;
        /** The part of `inputTokens` that was written to the provider's prompt cache. */
        cacheWriteTokens?: number | null | undefined;
        /** The part of `outputTokens` that the model reasoned with. */
        reasoningTokens?: number | null | undefined;
      }
    | null
    | undefined;
  /** 0 to 90071992.54740991, rounded half to even to 8 decimals (option `creditDecimals`). Missing: the cost is unknown. */
  credits?: string | number | null | undefined;
  /**
   * Money, 0 to 900719.9254740991, rounded half to even to 10 decimals; 0 is a known cost. Ignored while processing.
   * Missing: the option `pricing` computes it, or it is unknown.
   */
  cost?: string | number | null | undefined;
  /** Currency of `cost`, ISO 4217. @default the option `currency` */
  currency?: string | null | undefined;
  /** Who named `cost`. @default 'host' */
  costSource?: 'reported' | 'host' | null | undefined;
  errorReason?: string | null | undefined;
  /** At most 16,384 characters of JSON. */
  metadata?: Record<string, unknown> | null | undefined;
}
