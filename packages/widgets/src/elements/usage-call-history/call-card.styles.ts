import { css, type CSSResultGroup } from 'lit';
import { filterSheetStyles } from './call-filter-sheet.styles.js';

const cardStyles = css`
  @container (max-width: 44rem) {
    .actions {
      inline-size: 100%;
    }

    /* It shares a line with the other buttons; the choices are in a sheet. */
    .filters-toggle {
      display: inline-flex;
      flex: 1;
    }

    .filters > .filter-list {
      display: none;
    }

    tbody :is(.col-traceId, .col-provider) {
      overflow-wrap: anywhere;
      white-space: normal;
    }

    .col-firstToken .cell-label {
      inline-size: 100%;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    /*
     * How it went, when, and the way in; then the model and its type; then the figures. The first five say what they are
     * without a label. The whole ID is in the drawer.
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
      max-inline-size: calc(100% - 5.25rem);
    }

    /* As wide as its cell and no wider, or a long name runs below the type. */
    tbody td.col-model .cell-value {
      inline-size: 100%;
    }

    .col-type .chip {
      padding-inline: calc(var(--_space) * 0.75);
    }

    tbody :is(.col-time, .col-model, .col-type) .cell-label {
      display: none;
    }

    tbody .heading-cell .skeleton-block,
    tbody .col-time:has(.skeleton-block) {
      inline-size: 6rem;
    }

    tbody .col-type:has(.skeleton-block) {
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

    /* The word next to the figure would lie on the next one; a separate line would make the card taller than its placeholders. */
    .slow-word {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
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
  }

  @container (max-width: 18rem) {
    tbody :is(.heading-cell, .col-time) {
      font-size: var(--_small);
    }

    tbody td.col-time {
      margin-inline-end: 1.75rem;
    }
  }
`;

/** Calls as cards, and their filters in a sheet, where there is no room for a table. */
export const callCardStyles: CSSResultGroup = [cardStyles, filterSheetStyles];
