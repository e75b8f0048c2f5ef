const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * The wait a `Retry-After` header asks for, in milliseconds.
 *
 * Reads delta-seconds and HTTP dates; `null` when missing or unreadable, never negative, at most one hour.
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  const delayMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  if (Number.isNaN(delayMs)) return null;
  return Math.min(Math.max(delayMs, 0), MAX_RETRY_AFTER_MS);
}
