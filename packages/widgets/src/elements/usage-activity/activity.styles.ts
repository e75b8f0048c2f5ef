import { css } from 'lit';

/** The week as shades of the first series. */
export const activityStyles = css`
  /* As tall as what it takes the place of, however many rows there are. */
  .loaded .chart-table {
    flex: 1 1 0;
    block-size: 0;
    min-block-size: 0;
  }

  .heat-box {
    flex: 1 1 0;
    min-block-size: 0;
  }

  .heat {
    inline-size: 100%;
    block-size: 100%;
    table-layout: fixed;
    border-collapse: separate;
    border-spacing: 2px;
  }

  .heat th,
  .heat thead td {
    padding: 0;
    font-size: var(--_small);
    font-weight: 400;
    line-height: 1.25;
    color: var(--_muted);
    text-align: start;
    white-space: nowrap;
  }

  .heat thead td {
    block-size: 1.25rem;
    vertical-align: top;
  }

  .heat :is(th, thead td:first-child) {
    inline-size: 2.75rem;
  }

  .cell {
    padding: 0;
    border-radius: 3px;
    cursor: default;
  }

  .cell,
  .shade {
    background: var(--_sunken);
    /* Shades are the figures: a system that forces its colors leaves them. */
    forced-color-adjust: none;
    print-color-adjust: exact;
  }

  .level-0 {
    box-shadow: inset 0 0 0 1px var(--_border);
  }

  .level-1 {
    background: color-mix(in oklab, var(--_series-1) 22%, var(--_surface));
  }

  .level-2 {
    background: color-mix(in oklab, var(--_series-1) 42%, var(--_surface));
  }

  .level-3 {
    background: color-mix(in oklab, var(--_series-1) 62%, var(--_surface));
  }

  .level-4 {
    background: color-mix(in oklab, var(--_series-1) 82%, var(--_surface));
  }

  .level-5 {
    background: var(--_series-1);
  }

  .cell.active {
    outline: 2px solid var(--_text);
    outline-offset: 0;
  }

  .cell:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }

  .detail {
    min-block-size: 1.5em;
    margin-block-start: var(--_space);
    font-size: var(--_small);
    color: var(--_muted);
  }

  .detail strong {
    font-weight: 600;
    color: var(--_text);
  }

  .scale {
    display: inline-flex;
    align-items: center;
    gap: 2px;
  }

  .scale > :first-child {
    margin-inline-end: 0.25rem;
  }

  .scale > :last-child {
    margin-inline-start: 0.25rem;
  }

  .shade {
    inline-size: 0.875rem;
    block-size: 0.875rem;
    border-radius: 3px;
  }

  @media (forced-colors: active) {
    .cell.active,
    .cell:focus-visible {
      outline-color: Highlight;
    }
  }

  @container (max-width: 36rem) {
    /* Seven days next to each other. */
    .loaded .chart-table :is(th, td) {
      padding-inline: 0.2rem;
      font-size: var(--_small);
    }

    .heat {
      border-spacing: 1px;
    }

    .heat :is(th, thead td:first-child) {
      inline-size: 2.25rem;
    }

    .cell {
      border-radius: 2px;
    }

    .detail {
      min-block-size: 3em;
    }

    .detail strong {
      display: block;
    }
  }
`;
