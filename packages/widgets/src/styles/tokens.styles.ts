import { css } from 'lit';

/**
 * Design tokens: each public `--usage-*` property with its light and dark default.
 *
 * Elements read the private `--_*` names only. The scheme is the page's (`color-scheme` inherits); `theme="light|dark"`
 * on an element sets it for that element.
 */
export const tokensStyles = css`
  :host {
    --_text: var(--usage-color-text, light-dark(#1a1d24, #e9ebf0));
    --_muted: var(--usage-color-text-muted, light-dark(#5a6272, #a0a8b8));
    --_surface: var(--usage-color-surface, light-dark(#ffffff, #16191f));
    --_sunken: var(--usage-color-surface-sunken, light-dark(#f5f6f8, #1e222a));
    --_border: var(--usage-color-border, light-dark(#e3e6eb, #2c313c));
    --_accent: var(--usage-color-accent, light-dark(#3453c7, #9db1ff));
    --_warning: var(--usage-color-warning, light-dark(#96550a, #eeb04f));
    --_warning-soft: var(--usage-color-warning-soft, light-dark(#fdf1dd, #352812));
    --_bad: var(--usage-color-bad, light-dark(#b7262e, #ff8d86));
    --_neutral-soft: var(--usage-color-neutral-soft, light-dark(#edeff3, #272c36));
    --_series-1: var(--usage-color-series-1, light-dark(#3453c7, #8ea6ff));
    --_meter-good: var(--usage-color-meter-good, light-dark(#1f9d55, #4cc584));
    --_meter-warning: var(--usage-color-meter-warning, light-dark(#d97a06, #f0a53c));
    --_meter-bad: var(--usage-color-meter-bad, light-dark(#d0343c, #f2706b));
    --_font: var(--usage-font-family, inherit);
    --_size: var(--usage-font-size, 0.875rem);
    --_small: calc(var(--_size) * 0.875);
    --_space: var(--usage-space, 0.5rem);
    --_padding: var(--usage-padding, 1.25rem);
    --_radius: var(--usage-radius, 0.75rem);
    --_radius-small: var(--usage-radius-small, 0.4375rem);
    --_shadow: var(--usage-shadow, 0 1px 2px light-dark(rgb(16 24 40 / 4%), rgb(0 0 0 / 0%)));
  }

  :host([theme='light']) {
    color-scheme: light;
  }

  :host([theme='dark']) {
    color-scheme: dark;
  }
`;
