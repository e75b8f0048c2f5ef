const MAX_LINK_LENGTH = 2048;

/**
 * Accepts a link that is safe in a page: an `https:` or `http:` address, or a path of the page's own origin.
 *
 * @param value from a provider or a project directory
 * @returns `null` for everything else (`javascript:`, `data:`, `//host`, and what URL parsers would turn into one of them),
 *   because a page may put the link into an attribute where a click runs it
 */
export function toSafeLink(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_LINK_LENGTH) return null;
  // URL parsers drop control characters and read a backslash as a slash: browsers would follow another link than the checked one.
  if (/[\p{Cc}\p{Cs}\s\\]/u.test(value)) return null;
  if (/^\/(?!\/)/.test(value)) return value;
  return /^https?:\/\//i.test(value) && URL.canParse(value) ? value : null;
}
