const MAX_LINK_LENGTH = 2048;

/**
 * A link that may leave the server: an `https:` or `http:` address, or a path of the page's own origin. Anything else
 * (`javascript:`, `data:`, `//host`, what URL parsers would mend into one of them) is `null`, because a page may put it into
 * an attribute where a click runs it.
 *
 * @param value whatever a provider or a directory gave
 */
export function toSafeLink(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_LINK_LENGTH) return null;
  // Parsers drop control characters and read a backslash as a slash: what is checked would not be what is followed.
  if (/[\p{Cc}\p{Cs}\s\\]/u.test(value)) return null;
  if (/^\/(?!\/)/.test(value)) return value;
  return /^https?:\/\//i.test(value) && URL.canParse(value) ? value : null;
}
