import { getDocumentBase } from './natives.js';

// What URL parsers drop or turn into something else: white space, control characters, backslashes; and what no URL has.
const UNSAFE = /[\s\p{Cc}\p{Surrogate}\\<>"]/u;
const ADDRESSLESS = /^(about|blob|data):$/;
/** Stands for the page while a server renders it: what is relative there is so everywhere. */
const ANY_PAGE = 'http://localhost/';

/**
 * The address of this document, as a base for others: never `document.baseURI`, which an injected `<base href>` sets.
 *
 * A frame without an address (`about:srcdoc`, `blob:`) has the origin of the page that made it; a sandboxed one has none, and
 * nothing can be resolved there.
 */
export function getOwnBase(): string | null {
  if (typeof location === 'undefined') return ANY_PAGE;
  if (!ADDRESSLESS.test(location.protocol)) return location.href;
  return [location.origin, origin].find((known) => known !== 'null') ?? null;
}

/** A URL; `null` for text that is none. A base that is `null` is none. */
export function parseUrl(text: string, base: string | null = null): URL | null {
  const parent = base ?? undefined;
  return URL.canParse(text, parent) ? new URL(text, parent) : null;
}

/**
 * A link or the source of an image as it may become an attribute; `null` for what may not.
 *
 * Allowed are `https:`, `http:` and paths of the page's own origin that are distinguished from any other text by their start (`/`,
 * `./`, `?`, `#`); see {@link toExplicitPath} for those that a page writes. The one place that decides it: whatever a server, a
 * provider of quota or a page says, no `javascript:`, `data:` or `blob:` and no host in disguise (`//host`, `/\host`) gets
 * through. Under a `<base>` of another origin a path becomes a full address, or it would lead there.
 */
export function toSafeUrl(text: string | null | undefined): string | null {
  if (typeof text !== 'string' || text === '' || UNSAFE.test(text)) return null;
  if (/^https?:\/\//i.test(text)) return URL.canParse(text) ? text : null;
  return /^[/?#.]/.test(text) ? toOwnPath(text) : null;
}

/** A path of the page's own origin, as the browser will follow it; `null` for one that leaves it. */
function toOwnPath(path: string): string | null {
  const base = parseUrl(getOwnBase() ?? '');
  const url = base && parseUrl(path, base.href);
  if (base === null || url === null || !isSameHost(url, base)) return null;
  if (typeof document === 'undefined') return path;
  const linked = parseUrl(getDocumentBase());
  return linked !== null && isSameHost(linked, base) ? path : url.href;
}

/** A path as a page's author may write it, `projects/x`, with a start that says what it is: `./projects/x`. */
export function toExplicitPath(text: string): string {
  return /^[^/?#.:]+(?:[/?#.]|$)/.test(text) ? `./${text}` : text;
}

/** Follows a link in place of a click on it; what is not safe is not followed. */
export function goTo(text: string): void {
  const url = toSafeUrl(text);
  if (url !== null) location.assign(url);
}

/** Not by `origin`, which is the same `null` for all schemes but the web's. */
function isSameHost(a: URL, b: URL): boolean {
  return a.protocol === b.protocol && a.host === b.host;
}
