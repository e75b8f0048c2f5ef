import { css } from 'lit';

/** The columns, and their cards on a narrow element. */
export const usageQuotaDetailsStyles = css`
  .col-description {
    inline-size: 40%;
  }

  .col-time,
  .col-expires {
    white-space: nowrap;
  }

  .sum {
    margin-block: var(--_space) 0;
    font-size: var(--_small);
    color: var(--_muted);
  }

  @container (max-width: 44rem) {
    .col-description {
      inline-size: auto;
    }

    .col-description.heading-cell .cell-value {
      font-weight: 500;
    }

    /* When and of which kind need no label. */
    tbody :is(.col-time, .col-kind) {
      grid-row: 2;
      grid-column: 1 / -1;
    }

    tbody td.col-time {
      color: var(--_muted);
    }

    tbody td.col-kind {
      justify-self: end;
    }

    tbody td.col-kind:has(.skeleton-block) {
      inline-size: 5rem;
    }

    tbody :is(.col-time, .col-kind) .cell-label {
      display: none;
    }

    /* On one line a Chinese date is wider than a third of a phone. */
    tbody td.col-expires {
      order: 1;
      white-space: normal;
    }

    /* Most rows never expire and are no grants; an empty label would only make cards taller. */
    tbody td.col-expires:not(:has(.cell-value > span:not(:empty, .skeleton-block))),
    tbody td.col-left:has(.skeleton-block) {
      display: none;
    }
  }

  /* Two lines on a phone, before its words are there, too. */
  @container (max-width: 30rem) {
    .sum {
      min-block-size: calc(var(--_small) * 3);
    }
  }
`;
