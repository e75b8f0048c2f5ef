import type { CSSResultGroup } from 'lit';
import type { UsageElement } from '../base/usage-element.js';

/** Adds styles that are loaded with what needs them to an element; those that it has already are not added again. */
export function adoptStyles({ shadowRoot }: UsageElement, styles: CSSResultGroup): void {
  if (shadowRoot === null) return;
  const known = shadowRoot.adoptedStyleSheets;
  shadowRoot.adoptedStyleSheets = [
    ...known,
    ...listSheets(styles).filter((sheet) => !known.includes(sheet)),
  ];
}

function listSheets(styles: CSSResultGroup): CSSStyleSheet[] {
  if (Array.isArray(styles)) return styles.flatMap(listSheets);
  const sheet = styles instanceof CSSStyleSheet ? styles : styles.styleSheet;
  return sheet === undefined ? [] : [sheet];
}
