import { css } from 'lit';

/** Reasons below each other, each with a bar of its share. */
export const failuresStyles = css`
  .reasons {
    display: flex;
    flex-direction: column;
  }

  .reasons ol {
    display: grid;
    gap: calc(var(--_space) * 1.25);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .reason {
    display: grid;
    grid-template-columns: auto 1fr auto 4rem;
    align-items: baseline;
    gap: 0.125rem var(--_space);
    min-inline-size: 0;
  }

  .reason .name {
    white-space: normal;
    text-align: start;
  }

  .code {
    justify-self: start;
    padding: 0 calc(var(--_space) * 0.75);
    border-radius: 1rem;
    background: var(--_neutral-soft);
    font-size: var(--_small);
  }

  .calls {
    grid-column: 3;
    font-weight: 600;
  }

  .share {
    grid-column: 4;
    text-align: end;
    color: var(--_muted);
  }

  :host(:dir(rtl)) .share {
    text-align: left;
  }

  .track {
    grid-column: 1 / -1;
    inline-size: 100%;
    block-size: 0.25rem;
    border-radius: 0.125rem;
    background: var(--_neutral-soft);
  }

  :host(:dir(rtl)) .track {
    transform: scaleX(-1);
  }

  .part {
    fill: var(--_meter-bad);
    forced-color-adjust: none;
  }

  .more-of {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 calc(var(--_space) * 2);
    min-inline-size: 0;
    font-size: var(--_small);
    color: var(--_muted);
    overflow-wrap: anywhere;
  }

  .more {
    align-self: start;
    margin-block-start: calc(var(--_space) * 1.5);
  }

  .note {
    margin-block: calc(var(--_space) * 1.5) 0;
    font-size: var(--_small);
    color: var(--_muted);
  }

  @media (forced-colors: active) {
    .track {
      border: 1px solid GrayText;
    }
  }
`;
