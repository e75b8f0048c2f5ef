import { css } from 'lit';

/** Cards of figures: four (or six) in a row, two by two where there is no room. */
export const statsStyles = css`
  .frame {
    position: relative;
  }

  /* What is wrong with old figures stands in the padding of the cards. */
  .frame .status-foot {
    position: absolute;
    inset-inline: var(--_padding);
    inset-block-end: 0.125rem;
    min-block-size: 0;
  }

  .stats {
    display: grid;
    grid-template-columns: repeat(var(--_columns, 4), minmax(0, 1fr));
    gap: 1px;
    margin: 0;
    overflow: hidden;
    background: var(--_border);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    box-shadow: var(--_shadow);
  }

  .stat {
    display: flex;
    flex-direction: column;
    gap: calc(var(--_space) * 0.5);
    min-inline-size: 0;
    padding: var(--_padding);
    padding-block-end: calc(var(--_padding) * 1.3);
    background: var(--_surface);
  }

  .stat dt {
    display: flex;
    gap: var(--_space);
    font-weight: 500;
    color: var(--_muted);
  }

  .stat dd {
    margin: 0;
  }

  /* Next to the first line of its label. */
  .stat-icon {
    display: flex;
    align-items: center;
    block-size: 1lh;
    color: var(--_muted);
    opacity: 0.85;
  }

  .stat-figure {
    font-size: calc(var(--_size) * 1.857);
    font-weight: 600;
    line-height: 1.3;
    letter-spacing: -0.015em;
    overflow-wrap: anywhere;
  }

  /* Lines of neighbouring cards stay level, also where one of them wraps. */
  @supports (grid-template-rows: subgrid) {
    .stat {
      display: grid;
      grid-row: span var(--_stat-lines, 3);
      grid-template-rows: subgrid;
      grid-template-columns: minmax(0, 1fr);
      align-items: start;
    }
  }

  .stat-detail {
    font-size: var(--_small);
    color: var(--_muted);
    /* Between its parts and nowhere else, also in Chinese, if they fit. */
    word-break: keep-all;
    overflow-wrap: anywhere;
  }

  .stat-change {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 calc(var(--_space) * 0.75);
    min-block-size: 1.5em;
    font-size: var(--_small);
  }

  .change {
    display: inline-flex;
    align-items: center;
    gap: 0.1875rem;
    font-weight: 600;
  }

  .change.neutral {
    color: var(--_text);
  }

  .change.good {
    color: var(--_good);
  }

  .change.bad {
    color: var(--_bad);
  }

  .stat-skeleton-label {
    inline-size: 5rem;
  }

  .stat-skeleton-figure {
    inline-size: 7rem;
    max-inline-size: 100%;
  }

  .stat-skeleton-change {
    inline-size: 6rem;
  }

  .notice {
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  @container (max-width: 60rem) {
    .stats {
      grid-template-columns: repeat(var(--_columns-medium, 4), minmax(0, 1fr));
    }
  }

  @container (max-width: 44rem) {
    .stats {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }

    .stat {
      padding: calc(var(--_padding) * 0.8);
    }

    .stat-figure {
      font-size: calc(var(--_size) * 1.571);
    }

    /* Too long for one line here: it gets a separate row. */
    .frame:has(.problem) .stats::after {
      content: '';
      grid-column: 1 / -1;
      block-size: 2.75rem;
      background: var(--_surface);
    }
  }

  @container (max-width: 24rem) {
    /* “287 million” of a language that writes it out. */
    .stat {
      padding-inline-end: calc(var(--_padding) * 0.4);
    }

    .vs {
      display: none;
    }

    .stat dt,
    .stat-skeleton-label {
      gap: calc(var(--_space) * 0.75);
      font-size: var(--_small);
    }
  }

  /* An amount is read in one piece. */
  @container (max-width: 18rem) {
    .stats .stat-figure {
      font-size: calc(var(--_size) * 1.25);
    }
  }
`;
