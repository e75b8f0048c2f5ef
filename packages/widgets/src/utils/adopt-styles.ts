import type { CSSResult } from 'lit';

/** Adds styles that were loaded later to those of an element. */
export function adoptStyles(
  host: { shadowRoot: ShadowRoot | null },
  { styleSheet }: CSSResult,
): void {
  const root = host.shadowRoot;
  if (root === null || styleSheet === undefined) return;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
}
