import { css } from 'lit';

/** Name and logo take the room that the figures leave. */
export const usageProjectsStyles = css`
  :host {
    --_row: 1.75rem;
  }

  .col-name {
    inline-size: 32%;
  }

  .col-name {
    max-inline-size: 0;
  }

  .project {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 1.25);
    min-inline-size: 0;
  }

  .name {
    display: block;
    min-block-size: 1.5rem;
    padding: 0;
    border: 0;
    overflow: hidden;
    background: none;
    color: var(--_text);
    font: inherit;
    font-weight: 500;
    /* As high as what can be pressed has to be, and on one line with the figures. */
    line-height: 1.5rem;
    text-align: start;
    text-decoration: none;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: pointer;
  }

  .name:hover,
  .clickable:hover .name {
    color: var(--_accent);
  }

  .name.mono {
    font-family: var(--_font-mono);
  }

  .col-sparkline .cell-value {
    block-size: 1.25rem;
    inline-size: 4rem;
  }

  /* Room for shares to be seen as such. */
  @container (min-width: 62rem) {
    .main-cell {
      min-inline-size: 7.5rem;
    }
  }

  .col-lastCall {
    white-space: nowrap;
    color: var(--_muted);
  }

  @container (max-width: 62rem) {
    .col-averageDuration {
      display: none;
    }
  }

  @container (max-width: 54rem) {
    .col-lastCall {
      display: none;
    }
  }

  @container (max-width: 44rem) {
    /* A card has room for all of it. */
    .col-name {
      max-inline-size: none;
    }

    /* Shares its line with the export button. */
    .search {
      flex: 1 1 8rem;
    }

    .search .input {
      inline-size: 100%;
    }

    .actions {
      inline-size: 100%;
    }

    tbody td.col-lastCall,
    tbody td.col-averageDuration {
      display: flex;
    }

    tbody td.col-lastCall {
      grid-column: 1 / -1;
    }

    tbody tr {
      margin-inline: calc(var(--_space) * -1);
      padding-inline: var(--_space);
    }
  }

  /* A line each: name, sparkline, figure. */
  @container (max-width: 44rem) {
    tbody tr.compact:not(.expanded) {
      grid-template-columns: minmax(0, 1fr) 4rem auto 1.75rem;
    }

    tbody tr.compact:not(.expanded) td.col-sparkline.col-sparkline {
      display: flex;
      grid-row: 1;
      grid-column: 2;
    }

    tbody tr.compact:not(.expanded) td.col-sparkline .cell-label {
      display: none;
    }

    tbody tr.compact:not(.expanded) td.main-cell {
      grid-column: 3;
      min-inline-size: 4rem;
    }

    tbody tr.compact:not(.expanded) td.expand-cell {
      grid-column: 4;
    }
  }

  /* The name has the room of the sparkline, which the opened row shows. */
  @container (max-width: 20rem) {
    tbody tr.compact:not(.expanded) {
      grid-template-columns: minmax(0, 1fr) auto 1.75rem;
    }

    tbody tr.compact:not(.expanded) td.col-sparkline.col-sparkline {
      display: none;
    }

    tbody tr.compact:not(.expanded) td.main-cell {
      grid-column: 2;
    }

    tbody tr.compact:not(.expanded) td.expand-cell {
      grid-column: 3;
    }
  }
`;
