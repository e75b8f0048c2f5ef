import { css } from 'lit';

/** The drawer with a call's details, which is loaded with it. */
export const callDrawerStyles = css`
  .drawer {
    position: fixed;
    inset: 0 0 0 auto;
    inline-size: min(30rem, 100vw);
    block-size: 100vh;
    block-size: 100dvh;
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    padding: 0;
    overflow: hidden;
    border: 0;
    border-inline-start: 1px solid var(--_border);
    outline: none;
    background: var(--_surface);
    color: var(--_text);
    font-size: var(--_size);
    box-shadow: 0 0 2rem rgb(0 0 0 / 0.2);
  }

  .drawer[open] {
    display: flex;
    flex-direction: column;
    animation: drawer-in 160ms ease-out;
  }

  :host(:dir(rtl)) .drawer {
    inset: 0 auto 0 0;
    --_from: -2rem;
  }

  .drawer::backdrop {
    background: rgb(16 19 26 / 0.32);
  }

  .drawer.closing,
  .drawer.closing::backdrop {
    opacity: 0;
  }

  @keyframes drawer-in {
    from {
      opacity: 0;
      translate: var(--_from, 2rem) 0;
    }
  }

  .drawer-head,
  .drawer-body,
  .drawer-foot {
    padding: calc(var(--_space) * 1.5) calc(var(--_space) * 2.5);
  }

  .drawer-head {
    border-block-end: 1px solid var(--_border);
  }

  .drawer-steps,
  .drawer-title {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 0.5) var(--_space);
  }

  .drawer-steps {
    margin-inline-start: calc(var(--_space) * -0.75);
  }

  .drawer-close {
    margin-inline: auto calc(var(--_space) * -0.75);
  }

  .drawer .button.icon {
    inline-size: 2rem;
    min-block-size: 2rem;
  }

  .drawer .button[aria-disabled] {
    opacity: 0.4;
    cursor: default;
  }

  .drawer .button.copy {
    inline-size: 1.5rem;
    min-block-size: 1.5rem;
    margin-block: -0.125rem;
    vertical-align: top;
  }

  .drawer-title {
    flex-wrap: wrap;
    justify-content: space-between;
    margin-block-start: var(--_space);
  }

  .drawer-title > [role='heading'] {
    min-inline-size: 0;
    font-size: calc(var(--_size) * 1.0715);
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .drawer-body {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
  }

  .drawer-body:focus-visible {
    outline-offset: -2px;
  }

  .drawer-label {
    margin-block: calc(var(--_space) * 2.5) calc(var(--_space) * 0.5);
    font-weight: 600;
  }

  .drawer-label:first-child {
    margin-block-start: 0;
  }

  .drawer dl {
    margin: 0;
  }

  .drawer dl > div {
    display: grid;
    grid-template-columns: minmax(7rem, 1fr) minmax(0, 2fr);
    gap: var(--_space);
    padding-block: calc(var(--_space) * 0.75);
    border-block-end: 1px solid var(--_border);
  }

  .drawer dl > div:last-child {
    border-block-end: 0;
  }

  .drawer dt {
    color: var(--_muted);
  }

  .drawer dd {
    margin: 0;
    overflow-wrap: anywhere;
  }

  .drawer-error {
    padding: calc(var(--_space) * 1.5);
    border-radius: var(--_radius-small);
    background: var(--_bad-soft);
    color: var(--_bad);
    overflow-wrap: anywhere;
  }

  /* JSON reads from left to right everywhere. */
  .drawer pre {
    direction: ltr;
    margin: 0;
    padding: calc(var(--_space) * 1.5);
    border-radius: var(--_radius-small);
    background: var(--_sunken);
    text-align: left;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }

  .drawer-foot {
    border-block-start: 1px solid var(--_border);
  }

  @media (max-width: 40rem) {
    .drawer {
      inline-size: 100%;
      border: 0;
    }
  }

  /* A page at 400 % is low, too: all of it scrolls. */
  @media (max-height: 25rem) {
    .drawer[open] {
      display: block;
      overflow-y: auto;
    }
  }

  @media print {
    .drawer {
      position: static;
      block-size: auto;
    }
  }
`;
