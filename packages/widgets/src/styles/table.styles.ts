import { css, type CSSResultGroup } from 'lit';
import { pagerStyles } from './pager.styles.js';

/** Tables with aligned figures; cards below 40rem. */
export const tableStyles: CSSResultGroup = [
  pagerStyles,
  css`
    table {
      inline-size: 100%;
      border-collapse: collapse;
    }

    th,
    td {
      padding: calc(var(--_space) * 1.25) calc(var(--_space) * 1.25);
      text-align: start;
      vertical-align: middle;
      border-block-end: 1px solid var(--_border);
    }

    th:first-child,
    td:first-child {
      padding-inline-start: calc(var(--_space) * 0.5);
    }

    th:last-child,
    td:last-child {
      padding-inline-end: calc(var(--_space) * 0.5);
    }

    th,
    td.heading {
      padding-block: calc(var(--_space) * 0.75);
      font-size: var(--_small);
      font-weight: 500;
      white-space: nowrap;
      color: var(--_muted);
    }

    /* The tallest thing a row holds, an icon button or a logo, so that rows of placeholders and of data are of one height. */
    .cell-value {
      display: block;
    }

    tbody td:first-child .cell-value {
      display: grid;
      align-items: center;
      min-block-size: var(--_row, 0);
    }

    table .skeleton-block {
      inline-size: 65%;
    }

    .figure-cell .skeleton-block {
      margin-inline-start: auto;
    }

    /* Space of rows that are still loading, ruled like them; not a card with padding. */
    tbody tr.pending {
      padding: 0;
      border: 0;
      background: linear-gradient(to top, var(--_border) 1px, transparent 1px);
    }

    .pending td {
      padding: 0;
      border: 0;
    }

    tbody tr:last-child td {
      border-block-end-color: transparent;
    }

    .figure-cell {
      text-align: end;
      white-space: nowrap;
    }

    :host(:dir(rtl)) :is(th, td) {
      text-align: right;
    }

    :host(:dir(rtl)) .figure-cell {
      text-align: left;
    }

    .clickable {
      cursor: pointer;
    }

    .clickable:hover td {
      background: var(--_sunken);
    }

    .cell-label,
    .expand-cell,
    .sort-choice {
      display: none;
    }

    .sort {
      display: inline-flex;
      align-items: center;
      gap: 0.1875rem;
      min-block-size: 1.5rem;
      padding: 0;
      border: 0;
      background: none;
      color: inherit;
      font: inherit;
      cursor: pointer;
    }

    .sortable .skeleton-block {
      min-block-size: 1.5rem;
    }

    .sort:hover,
    .sort.sorted {
      color: var(--_text);
    }

    .sort-icon {
      opacity: 0;
    }

    .sort:hover .sort-icon,
    .sort:focus-visible .sort-icon {
      opacity: 0.5;
    }

    .sort.sorted .sort-icon {
      opacity: 1;
    }

    /* The arrow hangs in the margin, so headings and figures share one edge. */
    .figure-cell .sort {
      flex-direction: row-reverse;
    }

    .chip {
      display: inline-block;
      /* On the baseline it would make its line, and so its row, taller than the others. */
      vertical-align: top;
      padding: 0.0625rem calc(var(--_space) * 1);
      border-radius: 1rem;
      background: var(--_neutral-soft);
      color: var(--_text);
      font-size: var(--_small);
      font-weight: 500;
      white-space: nowrap;
    }

    .mono {
      font-family: var(--_font-mono);
      font-size: 0.9em;
    }

    @container (max-width: 44rem) {
      table,
      tbody,
      caption {
        display: block;
      }

      thead {
        display: none;
      }

      .sort-choice {
        display: flex;
        min-block-size: 2rem;
        align-items: center;
        justify-content: space-between;
        gap: var(--_space);
        font-size: var(--_small);
        color: var(--_muted);
      }

      .sort-choice label {
        display: flex;
        min-inline-size: 0;
        align-items: center;
        gap: var(--_space);
        white-space: nowrap;
      }

      .sort-choice .select {
        min-inline-size: 0;
      }

      /* A card: its heading, then figures three abreast with their labels above. */
      tbody tr {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: var(--_space) calc(var(--_space) * 1.5);
        padding-block: calc(var(--_space) * 1.75);
        border-block-end: 1px solid var(--_border);
      }

      tbody tr:last-child {
        border-block-end: 0;
      }

      tbody td,
      tbody td:first-child,
      tbody td:last-child {
        display: flex;
        flex-direction: column;
        align-items: flex-start;
        inline-size: auto;
        min-inline-size: 0;
        padding: 0;
        border: 0;
        text-align: start;
        white-space: normal;
      }

      tbody td.heading-cell,
      tbody tr.detail-row td {
        grid-column: 1 / -1;
        align-items: stretch;
      }

      tbody td.heading-cell {
        order: -1;
      }

      .cell-label {
        display: block;
        font-size: var(--_small);
        color: var(--_muted);
      }

      .heading-cell .cell-label {
        display: none;
      }

      .cell-value {
        min-inline-size: 0;
      }

      :is(.cell-label, .cell-value):has(.skeleton-block) {
        inline-size: 100%;
      }

      .cell-label .skeleton-block,
      .sort-choice .skeleton-block {
        inline-size: 40%;
      }

      .cell-label .skeleton-block {
        scale: 1 0.7;
      }

      .figure-cell .skeleton-block {
        margin-inline-start: 0;
      }

      /* The room of so many cards would put a notice far below what is seen. */
      .spacer {
        max-block-size: 20rem;
        overflow: hidden;
      }

      .clickable:hover td {
        background: none;
      }
    }

    /* Labels like “Average duration” need a hundred pixels and a gap. */
    @container (max-width: 22rem) {
      tbody tr {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
    }

    @media (forced-colors: active) {
      .chip {
        border: 1px solid CanvasText;
      }
    }
  `,
];
