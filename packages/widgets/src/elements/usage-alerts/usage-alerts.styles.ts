import { css } from 'lit';

/** Rules below each other, divided by lines, and the form above them. */
export const usageAlertsStyles = css`
  .alerts,
  .history {
    display: grid;
    gap: calc(var(--_space) * 2);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .history {
    gap: calc(var(--_space) * 0.5);
    font-size: var(--_small);
  }

  .alert {
    display: grid;
    gap: calc(var(--_space) * 0.5);
    min-inline-size: 0;
  }

  .alert + .alert {
    padding-block-start: calc(var(--_space) * 2);
    border-block-start: 1px solid var(--_border);
  }

  .alert p {
    margin: 0;
    overflow-wrap: anywhere;
  }

  .alert .muted {
    font-size: var(--_small);
  }

  .line,
  .choices {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space);
    overflow-wrap: anywhere;
  }

  .chip {
    padding: 0 calc(var(--_space) * 0.75);
    border-radius: 1rem;
    background: var(--_neutral-soft);
    font-size: var(--_small);
  }

  .chip.firing {
    background: var(--_bad-soft);
    color: var(--_bad);
  }

  .chip.ok {
    background: var(--_good-soft);
    color: var(--_good);
  }

  summary {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_space) * 0.5);
    min-block-size: 1.5rem;
    border-radius: var(--_radius-small);
    font-size: var(--_small);
    list-style: none;
    cursor: pointer;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  details[open] > summary svg {
    transform: rotate(90deg);
  }

  .editor {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(12rem, 100%), 1fr));
    gap: calc(var(--_space) * 1.5);
    margin-block-end: calc(var(--_space) * 2);
    padding: calc(var(--_space) * 2);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
  }

  .editor label {
    display: grid;
    gap: calc(var(--_space) * 0.5);
    min-inline-size: 0;
    font-size: var(--_small);
  }

  .editor .choices {
    grid-column: 1 / -1;
  }

  .editor .input {
    inline-size: 100%;
    box-sizing: border-box;
  }

  .failure {
    margin: 0;
    font-size: var(--_small);
    color: var(--_bad);
  }

  .failure:empty {
    display: none;
  }

  .alerts-skeleton {
    block-size: 11rem;
  }
`;
