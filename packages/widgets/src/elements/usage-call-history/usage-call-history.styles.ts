import { css } from 'lit';

/** Status by dot and word; failed rows tinted. */
export const usageCallHistoryStyles = css`
  :host {
    --_row: 1.75rem;
  }

  /* The filters and the buttons after them fill their lines together. */
  .filters,
  .filter-list {
    display: contents;
  }

  .list-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space) calc(var(--_space) * 1.5);
  }

  .filter {
    margin-inline-end: calc(var(--_space) * 0.5);
  }

  .filters-toggle {
    display: none;
  }

  .filter {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_space) * 0.75);
    font-size: var(--_small);
    color: var(--_muted);
  }

  .filter .select {
    max-inline-size: 12rem;
  }

  /* As wide whatever is chosen. */
  .values-button {
    inline-size: 8rem;
    justify-content: start;
    font-weight: 400;
  }

  .values-button[data-filter='model'] {
    inline-size: 10rem;
  }

  .values-button span {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-align: start;
    text-overflow: ellipsis;
  }

  .search .input {
    inline-size: 11rem;
  }

  /* Its code comes later. */
  .filter-chips {
    min-block-size: 1.75rem;
    margin-block-end: var(--_space);
  }

  .list-head {
    justify-content: space-between;
    min-block-size: 2rem;
    margin-block-end: calc(var(--_space) * 0.5);
    font-size: var(--_small);
    color: var(--_muted);
  }

  .new-calls {
    border-radius: 1rem;
  }

  td {
    padding-block: calc(var(--_space) * 0.875);
  }

  .status-cell,
  .id,
  .status,
  .slow {
    display: inline-flex;
    align-items: center;
    white-space: nowrap;
  }

  .status-cell {
    gap: calc(var(--_space) * 0.5);
  }

  .status {
    gap: var(--_space);
    font-weight: 500;
  }

  .dot {
    flex: none;
    inline-size: 0.5625rem;
    block-size: 0.5625rem;
    border-radius: 50%;
    background: var(--_meter-good);
    forced-color-adjust: none;
  }

  /* Each state has a different shape too: a disc, a square, a ring. */
  .failed .dot {
    border-radius: 0.125rem;
    background: var(--_meter-bad);
  }

  .processing .dot {
    border: 0.1875rem solid var(--_meter-warning);
    background: none;
  }

  .status.failed {
    color: var(--_bad);
  }

  :host(:dir(rtl)) .expand svg {
    transform: scaleX(-1);
  }

  .copy {
    color: var(--_muted);
  }

  .col-time,
  .col-id,
  .col-traceId,
  .col-provider {
    white-space: nowrap;
  }

  /* With room for the outline of what has the focus in it. */
  .wide {
    margin: -0.25rem;
    padding: 0.25rem;
    overflow-x: auto;
  }

  .model {
    display: inline-block;
    max-inline-size: 14rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    vertical-align: bottom;
  }

  .slow {
    position: relative;
    align-items: baseline;
    gap: 0.1875rem;
    margin-inline-end: calc(var(--_space) * 0.5);
    color: var(--_warning);
    font-size: var(--_small);
    font-weight: 500;
  }

  .slow svg {
    align-self: center;
    inline-size: 0.75rem;
    block-size: 0.75rem;
  }

  tr.failed-row td {
    background: color-mix(in oklab, var(--_bad-soft) 40%, var(--_surface));
  }

  tr.open-row td {
    background: var(--_sunken);
  }

  .more {
    display: flex;
    min-block-size: 2rem;
    flex-direction: column;
    align-items: center;
    gap: calc(var(--_space) * 0.5);
    margin-block-start: calc(var(--_space) * 1.5);
    font-size: var(--_small);
    color: var(--_muted);
  }

  /* The end of the ID stays, which differs from row to row, without the button that copies it: the drawer shows all of it. */
  @container (max-width: 63rem) {
    .col-id .copy {
      display: none;
    }

    .col-id .mono {
      max-inline-size: 5.5rem;
      overflow: hidden;
      direction: rtl;
      text-align: left;
      text-overflow: ellipsis;
    }

    .model {
      max-inline-size: 8rem;
    }

    .slow-word {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }

  @container (max-width: 57rem) {
    :where(:not(.wide) > table) .col-type {
      display: none;
    }

    .col-id .mono {
      max-inline-size: 4rem;
    }

    .model {
      max-inline-size: 6.5rem;
    }
  }

  @container (max-width: 48rem) {
    .col-id .mono {
      max-inline-size: 3.5rem;
    }

    .model {
      max-inline-size: 5rem;
    }
  }
`;
