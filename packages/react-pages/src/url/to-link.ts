import { toSafeUrl } from '@usage-kit/widgets';

/** A link of the host's as it may become an `href`: of the web or within the page's origin, nothing for any other. */
export function toLink(href: string | undefined): string | undefined {
  // A path may be written without a start, as in `login`; what has a scheme is left to the check.
  const path = href && /^[^/?#.:]+(?:[/?#.]|$)/.test(href) ? `./${href}` : href;
  return toSafeUrl(path) ?? undefined;
}
