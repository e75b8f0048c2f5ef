import { css } from 'lit';

/** What all elements share: the card, its states and its status line. */
export const hostStyles = css`
  :host {
    display: block;
  }

  /*
   * The page may style the host; nothing that is inherited from it should bend the figures. What the page's own look
   * needs is taken over by name; direction and language are not part of 'all'.
   */
  .root {
    all: initial;
    display: block;
    block-size: 100%;
    container-type: inline-size;
    visibility: inherit;
    pointer-events: inherit;
    color-scheme: inherit;
    font-family: var(--_font);
    font-size: var(--_size);
    font-style: normal;
    font-weight: 400;
    line-height: 1.5;
    letter-spacing: normal;
    text-align: start;
    text-transform: none;
    white-space: normal;
    /* No last line of one word, or of one Chinese character. */
    text-wrap: pretty;
    color: var(--_text);
    font-variant-numeric: tabular-nums;
    -webkit-text-size-adjust: 100%;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  /* Each text in its own direction, or “of 43 1–20”; where it stands is the page's. */
  :host(:dir(rtl)) .root {
    text-align: right;
  }

  :host(:dir(rtl)) .root * {
    unicode-bidi: plaintext;
  }

  .card {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    padding: var(--_padding);
    padding-block-end: calc(var(--_padding) * 0.6);
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    box-shadow: var(--_shadow);
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space) calc(var(--_space) * 2);
    min-block-size: 2rem;
    margin-block-end: calc(var(--_space) * 2);
  }

  .title {
    font-size: calc(var(--_size) * 1.0715);
    font-weight: 600;
    line-height: 1.4;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space);
  }

  /* Content, skeleton and notice share one cell: the tallest decides, so no state moves the page. */
  .stack {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    flex: 1;
  }

  .stack > * {
    grid-area: 1 / 1;
    min-inline-size: 0;
  }

  .spacer {
    visibility: hidden;
  }

  .notice {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    align-self: center;
    gap: calc(var(--_space) * 0.5);
    padding-inline: var(--_padding);
    text-align: center;
    text-wrap: balance;
    color: var(--_muted);
  }

  .notice svg {
    margin-block-end: var(--_space);
  }

  .notice .notice-title {
    font-weight: 600;
    color: var(--_text);
  }

  .notice .button {
    margin-block-start: var(--_space);
  }

  .small,
  .request-id {
    font-size: var(--_small);
    overflow-wrap: anywhere;
  }

  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 var(--_space);
    min-block-size: 1.75rem;
    margin-block-start: calc(var(--_space) * 1.5);
    font-size: var(--_small);
    color: var(--_muted);
  }

  .foot .problem {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_space) * 0.75);
    padding: 0.125rem calc(var(--_space) * 1.25);
    margin-inline-start: calc(var(--_space) * -1.25);
    border-radius: var(--_radius-small);
    background: var(--_warning-soft);
    color: var(--_warning);
    /* Chinese breaks at its commas. */
    word-break: keep-all;
    overflow-wrap: anywhere;
  }

  .muted {
    color: var(--_muted);
  }

  .sr-only {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  svg {
    display: block;
    flex: none;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }

  @media print {
    :host {
      color-scheme: light;
    }

    .card {
      break-inside: avoid;
      box-shadow: none;
    }

    /* Important: what styles buttons comes later. */
    .actions,
    .foot select,
    .button {
      display: none !important;
    }
  }

  @container (max-width: 30rem) {
    .card {
      padding: calc(var(--_padding) * 0.8);
      padding-block-end: calc(var(--_padding) * 0.5);
    }

    /* Two lines from the start: what is said once the data is there would break the one. */
    .foot {
      flex-flow: column;
      align-items: start;
    }
  }
`;
