/** The same as the longest delay after failures, so that no header can stop a page for a day. */
const MAX_RETRY_AFTER_MS = 900_000;

/**
 * Parses a `Retry-After` header (RFC 9110, section 10.2.3) to milliseconds.
 *
 * Reads delta-seconds and HTTP dates; `null` when missing or unreadable, never negative, at most 15 minutes.
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  const delayMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  if (Number.isNaN(delayMs)) return null;
  return Math.min(Math.max(delayMs, 0), MAX_RETRY_AFTER_MS);
}
