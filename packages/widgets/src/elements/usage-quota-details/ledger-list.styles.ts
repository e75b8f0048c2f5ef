import { css } from 'lit';

/** Kinds by color and by name; increases in green with a plus. */
export const ledgerListStyles = css`
  .amount {
    font-weight: 600;
  }

  .amount.increase {
    color: var(--_good);
  }

  .chip.grant {
    background: var(--_good-soft);
    color: var(--_good);
  }

  .chip.expiration {
    background: var(--_bad-soft);
    color: var(--_bad);
  }

  .chip.adjustment {
    background: var(--_warning-soft);
    color: var(--_warning);
  }

  a {
    color: var(--_accent);
    text-underline-offset: 0.2em;
  }

  .day-toggle {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_space) * 0.75);
    min-block-size: 1.5rem;
    /* Large enough to hit, and its row as high as others. */
    margin-block: calc((1lh - 1.5rem) / 2);
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    vertical-align: top;
    cursor: pointer;
  }

  .day-toggle:hover {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  .day-icon {
    display: inline-flex;
    flex: none;
    color: var(--_muted);
  }

  .day-toggle:dir(rtl) .day-icon {
    scale: -1 1;
  }

  .day-toggle[aria-expanded='true'] .day-icon {
    rotate: 90deg;
  }

  .day-toggle[aria-expanded='true']:dir(rtl) .day-icon {
    rotate: -90deg;
  }

  /* Entries of a day are on another ground than the rows of the ledger. */
  tbody tr.of-day td,
  tbody tr.of-day + tr.detail-row td {
    background: var(--_sunken);
  }

  tbody tr.of-day td:first-child {
    padding-inline-start: calc(var(--_space) * 2);
    color: var(--_muted);
  }

  tbody tr.of-day .amount {
    font-weight: 400;
  }

  .day-action {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: var(--_space) calc(var(--_space) * 2);
    font-size: var(--_small);
    color: var(--_muted);
  }

  /* What is only for screen readers is no row to see. */
  tbody tr.detail-row:has(td > .sr-only) td {
    padding: 0;
    border: 0;
  }

  @container (max-width: 44rem) {
    tbody tr.of-day,
    tbody tr.of-day + tr.detail-row {
      padding-inline: calc(var(--_space) * 2);
      background: var(--_sunken);
    }

    tbody tr.of-day td:first-child {
      padding-inline-start: 0;
    }

    tbody tr.detail-row:has(td > .sr-only) {
      padding: 0;
      border: 0;
    }
  }

  /* What is left and until when are a line of a card. */
  @container (max-width: 44rem) {
    tbody td.col-left {
      order: 1;
    }

    tbody td.col-left:not(:has(.cell-value > span)) {
      display: none;
    }
  }
`;
