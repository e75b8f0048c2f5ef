import { css } from 'lit';

/** Pieces below each other, divided by lines: the sentence, its amount, and quieter what it is from. */
export const usageAdviceStyles = css`
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

  .claim {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: calc(var(--_space) * 0.5) calc(var(--_space) * 2);
  }

  .sentence {
    flex: 1 1 16rem;
    font-weight: 600;
  }

  .closed .sentence {
    font-weight: 400;
  }

  .saving {
    font-size: calc(var(--_size) * 1.143);
    font-weight: 600;
    color: var(--_good);
    white-space: nowrap;
  }

  .saving.loss {
    color: var(--_bad);
  }

  .details,
  .assumption,
  .notes,
  .arithmetic {
    font-size: var(--_small);
    color: var(--_muted);
  }

  .evidence {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 0.5) calc(var(--_space) * 2);
    font-size: var(--_small);
  }

  .evidence :is(a, .link) {
    display: inline-flex;
    align-items: center;
    min-block-size: 1.5rem;
    color: var(--_accent);
    font-weight: 400;
    text-decoration: underline;
    text-underline-offset: 0.2em;
    white-space: normal;
    text-align: start;
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

  details[open] > summary svg {
    transform: rotate(90deg);
  }

  .kept {
    margin-block-start: calc(var(--_space) * 2);
    font-size: var(--_small);
  }

  .kept .pieces {
    margin-block-start: var(--_space);
  }

  .notes {
    margin-block: calc(var(--_space) * 2) 0;
  }

  .arithmetic table {
    inline-size: 100%;
    margin-block-start: calc(var(--_space) * 0.5);
    border-collapse: collapse;
    color: var(--_text);
  }

  .arithmetic :is(td, th) {
    padding: 0.125rem calc(var(--_space) * 0.5);
    font-weight: 400;
    text-align: start;
    vertical-align: top;
    overflow-wrap: anywhere;
  }

  .arithmetic tfoot :is(td, th) {
    border-block-start: 1px solid var(--_border);
    font-weight: 600;
  }

  .arithmetic .sign {
    inline-size: 1rem;
    color: var(--_muted);
  }

  .arithmetic .amount {
    text-align: end;
    white-space: nowrap;
  }

  .subject {
    color: var(--_muted);
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
    margin-inline-end: calc(var(--_space) * 0.5);
    padding: 0 calc(var(--_space) * 0.75);
    border-radius: 1rem;
    background: var(--_neutral-soft);
    font-size: var(--_small);
  }

  .chip.done {
    background: var(--_good-soft);
    color: var(--_good);
  }
`;
