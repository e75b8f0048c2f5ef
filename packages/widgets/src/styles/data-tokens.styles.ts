import { css } from 'lit';

/** Design tokens of fields and tables; apart from the others, because the smallest bundle has neither. */
export const dataTokensStyles = css`
  :host {
    --_control-border: var(--usage-color-control-border, light-dark(#868e9c, #717a8a));
    --_on-accent: var(--usage-color-on-accent, light-dark(#ffffff, #10131a));
    --_good: var(--usage-color-good, light-dark(#15753b, #55c98a));
    --_good-soft: var(--usage-color-good-soft, light-dark(#e5f4ea, #17301f));
    --_bad-soft: var(--usage-color-bad-soft, light-dark(#fdeceb, #3a1c1c));
    --_font-mono: var(--usage-font-mono, ui-monospace, 'SF Mono', Menlo, Consolas, monospace);
  }
`;
