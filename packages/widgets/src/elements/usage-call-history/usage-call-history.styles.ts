import { css } from 'lit';

/** Status by dot and word; failed rows tinted; details on a sunken ground. */
export const usageCallHistoryStyles = css`
  :host {
    --_row: 1.75rem;
  }

  .filters,
  .filter-list,
  .list-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space) calc(var(--_space) * 1.5);
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

  /* Each state has a shape of its own too: a disc, a square, a ring. */
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

  .expand svg {
    transition: transform 120ms;
  }

  .expand[aria-expanded='true'] svg {
    transform: rotate(90deg);
  }

  :host(:dir(rtl)) .expand[aria-expanded='false'] svg {
    transform: scaleX(-1);
  }

  .copy {
    color: var(--_muted);
  }

  .col-time,
  .col-id {
    white-space: nowrap;
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

  .detail-row td {
    padding: 0 0 calc(var(--_space) * 1.5);
  }

  .detail {
    display: flex;
    flex-direction: column;
    gap: var(--_space);
    padding: calc(var(--_space) * 1.75);
    border-radius: var(--_radius-small);
    background: var(--_sunken);
    font-size: var(--_small);
  }

  .detail dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr));
    gap: var(--_space) calc(var(--_space) * 2);
    margin: 0;
  }

  .detail dt,
  .detail-label {
    color: var(--_muted);
  }

  .detail-label {
    margin-block-end: calc(var(--_space) * -1);
  }

  .detail dd {
    margin: 0;
    overflow-wrap: anywhere;
  }

  .detail-error {
    overflow-wrap: anywhere;
    color: var(--_bad);
  }

  pre {
    margin: 0;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
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

  @container (max-width: 58rem) {
    .col-id {
      display: none;
    }
  }

  @container (max-width: 50rem) {
    .col-type {
      display: none;
    }
  }

  @container (max-width: 44rem) {
    .actions,
    .filters {
      inline-size: 100%;
    }

    .filters-toggle {
      display: inline-flex;
      inline-size: 100%;
    }

    .filter-list {
      display: none;
      inline-size: 100%;
    }

    .filter-list.open {
      display: grid;
    }

    .filter {
      justify-content: space-between;
    }

    /*
     * How it went, when, and the way in; then the model and its type; then the figures. The first five say what they are
     * without a label. The whole ID is in the opened row.
     */
    tbody tr {
      grid-template-columns: repeat(3, minmax(0, 1fr));
      row-gap: calc(var(--_space) * 0.5);
    }

    tbody td.col-id {
      display: none;
    }

    tbody :is(.heading-cell, .col-time) {
      grid-row: 1;
    }

    tbody :is(.col-model, .col-type) {
      grid-row: 2;
    }

    tbody :is(.col-time, .col-model, .col-type) {
      grid-column: 1 / -1;
      align-self: center;
    }

    tbody td.col-time {
      justify-self: end;
      margin-inline-end: 2.25rem;
      color: var(--_muted);
    }

    tbody td.col-type {
      display: flex;
      justify-self: end;
    }

    tbody td.col-model {
      max-inline-size: calc(100% - 6.75rem);
    }

    tbody :is(.col-time, .col-model, .col-type) .cell-label {
      display: none;
    }

    tbody .heading-cell .bone,
    tbody .col-time:has(.bone) {
      inline-size: 6rem;
    }

    tbody .col-type:has(.bone) {
      inline-size: 4rem;
    }

    .model {
      max-inline-size: 100%;
    }

    tr.failed-row {
      margin-inline: calc(var(--_space) * -1);
      padding-inline: var(--_space);
      border-radius: var(--_radius-small);
      background: color-mix(in oklab, var(--_bad-soft) 40%, var(--_surface));
    }

    tr.failed-row td {
      background: none;
    }

    .status-cell {
      flex-direction: row-reverse;
    }

    .heading-cell .cell-value {
      grid-template-columns: minmax(0, 1fr);
    }

    .status-cell {
      justify-content: space-between;
    }

    .detail-row.detail-row {
      padding-block: 0 calc(var(--_space) * 1.5);
    }

    .detail {
      inline-size: 100%;
      min-inline-size: 0;
    }
  }
`;
