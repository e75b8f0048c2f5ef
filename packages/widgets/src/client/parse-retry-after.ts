/** The same as the longest delay after failures, so that no header can stop a page for a day. */
const MAX_RETRY_AFTER_MS = 900_000;

/**
 * Parses a `Retry-After` header to milliseconds.
 *
 * @param header delta-seconds or an HTTP date
 * @returns 0 to 15 minutes; `null` for a missing or unreadable header
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  const delayMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  if (Number.isNaN(delayMs)) return null;
  return Math.min(Math.max(delayMs, 0), MAX_RETRY_AFTER_MS);
}
