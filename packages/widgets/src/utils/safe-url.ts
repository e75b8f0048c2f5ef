import { getDocumentBase } from './natives.js';

// Characters that URL parsers drop or replace (white space, control characters, backslashes) or that no URL contains.
const UNSAFE = /[\s\p{Cc}\p{Surrogate}\\<>"]/u;
const ADDRESSLESS = /^(about|blob|data):$/;
/** Placeholder for the page's address while a server renders it, to resolve relative paths against. */
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

/** Parses a URL; `null` for text that is not one. */
export function parseUrl(text: string, base: string | null = null): URL | null {
  const parent = base ?? undefined;
  return URL.canParse(text, parent) ? new URL(text, parent) : null;
}

/**
 * Checks an address before it becomes the `href` of a link or the `src` of an image; no element sets one without it.
 *
 * Allowed are `https:`, `http:` and paths of the page's own origin that begin with `/`, `./`, `?` or `#`; see
 * {@link toExplicitPath} for paths that a page writes. Refused are `javascript:`, `data:`, `blob:` and hosts disguised as
 * paths (`//host`, `/\host`), whatever their source.
 *
 * @returns the address, of a path under a `<base>` of another origin the full one; `null` for a refused address
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

/** Adds `./` to a path that a page's author wrote without a start: `projects/x` becomes `./projects/x`. */
export function toExplicitPath(text: string): string {
  return /^[^/?#.:]+(?:[/?#.]|$)/.test(text) ? `./${text}` : text;
}

/** Navigates to an address as a click on a link would; ignores an unsafe address. */
export function goTo(text: string): void {
  const url = toSafeUrl(text);
  if (url !== null) location.assign(url);
}

/** Not by `origin`, which is `null` for every scheme but those of the web. */
function isSameHost(a: URL, b: URL): boolean {
  return a.protocol === b.protocol && a.host === b.host;
}
