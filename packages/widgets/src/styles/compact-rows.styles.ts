import { css } from 'lit';

/** Rows of a phone in one line each; after the styles of tables. */
export const compactRowsStyles = css`
  /* Where there is no room for a table: the name and one figure in a line, the others when a person asks. */
  @container (max-width: 44rem) {
    .sort-choice {
      margin-block-end: var(--_space);
    }

    tbody tr.compact {
      grid-template-columns: minmax(0, 1fr) auto 1.75rem;
      align-items: center;
      padding-block: var(--_space);
    }

    tbody tr.compact.expanded {
      grid-template-columns: repeat(3, minmax(0, 1fr));
      padding-block-end: calc(var(--_space) * 1.75);
    }

    tbody tr.compact td.heading-cell {
      grid-column: 1;
    }

    /* The button that closes it is at the end of its line. */
    tbody tr.compact.expanded td.heading-cell {
      grid-row: 1;
      grid-column: 1 / -1;
      margin-inline-end: 2.25rem;
    }

    tbody tr.compact td.expand-cell {
      display: flex;
      grid-row: 1;
      grid-column: 3;
    }

    tbody tr.compact.expanded td.expand-cell {
      grid-column: 1 / -1;
      justify-self: end;
    }

    tbody tr.compact:not(.expanded) td:not(.heading-cell, .main-cell, .expand-cell),
    tbody tr.compact:not(.expanded) .main-cell .cell-label {
      display: none;
    }

    tbody tr.compact:not(.expanded) .main-cell {
      grid-row: 1;
      grid-column: 2;
      min-inline-size: 4.5rem;
      align-items: flex-end;
      font-weight: 500;
    }
  }

  @container (max-width: 22rem) {
    tbody tr.compact.expanded {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
`;
