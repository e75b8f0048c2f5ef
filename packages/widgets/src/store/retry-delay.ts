const FIRST_RETRY_MS = 5_000;
const MAX_RETRY_MS = 900_000;

/** What the delay after a failure depends on. Times in milliseconds. */
export interface RetryInput {
  /** Failures in a row, 1 for the first. */
  failures: number;
  /** Polling interval, `null` when the query is not polled. */
  intervalMs: number | null;
  retryAfterMs: number | null;
  /** Uniform in [0, 1). */
  random: number;
}

/**
 * Delay before the next request, in milliseconds: exponential, ±25 % jitter, at most 15 minutes.
 *
 * `Retry-After` is a floor and its jitter only adds: the server asked for no request before it.
 */
export function computeRetryDelayMs({
  failures,
  intervalMs,
  retryAfterMs,
  random,
}: RetryInput): number {
  const baseMs = Math.max(intervalMs ?? 0, FIRST_RETRY_MS);
  const backOffMs = Math.min(baseMs * 2 ** (failures - 1), MAX_RETRY_MS) * (0.75 + random * 0.5);
  const floorMs = (retryAfterMs ?? 0) * (1 + random * 0.1);
  return Math.max(backOffMs, floorMs);
}

/** Wait before the next regular poll, in milliseconds: the interval ±10 %, so that pages drift apart. */
export function computePollDelayMs(intervalMs: number, random: number): number {
  return intervalMs * (0.9 + random * 0.2);
}
