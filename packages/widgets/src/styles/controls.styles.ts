import { css, type CSSResultGroup } from 'lit';
import { buttonStyles } from './buttons.styles.js';
import { dataTokensStyles } from './data-tokens.styles.js';

/** Buttons and fields, with their tokens; the buttons are apart, because the smallest bundle needs no more. */
export const controlStyles: CSSResultGroup = [
  dataTokensStyles,
  buttonStyles,
  css`
    /* A press paints this element again; the others are taken from the last frame. */
    .root {
      isolation: isolate;
    }

    /* Its tooltip lies above the elements that follow. */
    .root:has(.tooltip) {
      position: relative;
      z-index: 1;
    }

    .input {
      min-block-size: 2rem;
      padding: 0 calc(var(--_space) * 1.5);
      border: 1px solid var(--_control-border);
      border-radius: var(--_radius-small);
      background: var(--_surface);
      color: var(--_text);
      font: inherit;
      font-size: var(--_small);
      line-height: 1.4;
    }

    .select {
      border-color: var(--_control-border);
    }

    /* The chevron of our menus, as two strokes: a browser's own is another one in each. The root makes it count more than the background of a hovered button. */
    .root select.select:not(.foot *) {
      appearance: none;
      padding-inline-end: calc(var(--_space) * 1.5 + 1.25rem);
      background-image:
        linear-gradient(45deg, transparent 38%, currentcolor 38% 62%, transparent 62%),
        linear-gradient(-45deg, transparent 38%, currentcolor 38% 62%, transparent 62%);
      background-position:
        right calc(var(--_space) * 1.5 + 0.25rem) center,
        right calc(var(--_space) * 1.5) center;
      background-repeat: no-repeat;
      background-size: 0.25rem 0.25rem;
    }

    :host(:dir(rtl)) .root select.select:not(.foot *) {
      background-position:
        left calc(var(--_space) * 1.5) center,
        left calc(var(--_space) * 1.5 + 0.25rem) center;
    }

    /* Where the page's lines begin, whichever way the words in it run. */
    :host(:dir(rtl)) :is(.input, .select) {
      text-align: right;
    }

    .button:disabled {
      opacity: 0.5;
      cursor: default;
    }

    .button.primary {
      border-color: transparent;
      background: var(--_accent);
      color: var(--_on-accent);
    }

    .button.primary:hover:not(:disabled) {
      background: color-mix(in oklab, var(--_accent) 88%, var(--_text));
    }

    .button.icon {
      inline-size: 1.75rem;
      min-block-size: 1.75rem;
      padding: 0;
    }
  `,
];
