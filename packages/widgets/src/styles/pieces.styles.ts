import { css } from 'lit';

/** Pieces below each other, divided by lines: advice, alerts, budgets; with chips, what can be opened, and buttons. */
export const piecesStyles = css`
  .pieces {
    display: grid;
    gap: calc(var(--_space) * 2);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .piece {
    display: grid;
    gap: calc(var(--_space) * 0.5);
    min-inline-size: 0;
  }

  .piece + .piece {
    padding-block-start: calc(var(--_space) * 2);
    border-block-start: 1px solid var(--_border);
  }

  .piece p {
    margin: 0;
    overflow-wrap: anywhere;
  }

  summary {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_space) * 0.5);
    min-block-size: 1.5rem;
    border-radius: var(--_radius-small);
    color: var(--_text);
    list-style: none;
    cursor: pointer;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  :host(:dir(rtl)) summary svg {
    transform: scaleX(-1);
  }

  :host details[open] > summary svg {
    transform: rotate(90deg);
  }

  .more {
    margin-block-start: calc(var(--_space) * 2);
  }

  .choices {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space);
  }

  .button[aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }

  .failure {
    font-size: var(--_small);
    color: var(--_bad);
  }

  .failure:empty {
    display: none;
  }

  .chip {
    display: inline-block;
    padding: 0 calc(var(--_space) * 0.875);
    border-radius: 1rem;
    background: var(--_neutral-soft);
    font-size: var(--_small);
    font-weight: 500;
  }

  .chip.good {
    background: var(--_good-soft);
    /* A host's good may be made for white: MUI's has 4.35:1 on its own soft one. */
    color: color-mix(in oklab, var(--_good) 80%, var(--_text));
  }

  .chip.warning {
    background: var(--_warning-soft);
    color: var(--_warning);
  }

  .chip.bad {
    background: var(--_bad-soft);
    color: var(--_bad);
  }
`;
