import { css } from 'lit';

/** Doughnut above its legend, or next to it where the card is wide. */
export const modelsStyles = css`
  .models {
    display: flex;
    flex-direction: column;
    gap: calc(var(--_space) * 2);
  }

  .models .chart,
  .models .chart-skeleton {
    block-size: 11.5rem;
  }

  .skeleton-block.chart-skeleton {
    inline-size: 11.5rem;
    margin-inline: auto;
    border-radius: 50%;
  }

  .centre {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    pointer-events: none;
  }

  .centre-figure {
    font-size: calc(var(--_size) * 1.4286);
    font-weight: 600;
    line-height: 1.3;
  }

  .centre-label {
    max-inline-size: 7rem;
    overflow: hidden;
    font-size: var(--_small);
    color: var(--_muted);
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .shares {
    display: flex;
    flex-direction: column;
    gap: 0.125rem;
    min-block-size: 9.5rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .shares li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--_space);
    padding-inline: calc(var(--_space) * 0.5);
    border-radius: var(--_radius-small);
  }

  .shares li.active {
    background: var(--_sunken);
  }

  .model-name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .share {
    font-weight: 600;
  }

  /* Where it has a line to itself; the title of a narrow card's line says it. */
  .speed {
    display: none;
    grid-column: 2 / -1;
    font-size: var(--_small);
    color: var(--_muted);
  }

  @container (min-width: 34rem) {
    .shares {
      min-block-size: 15rem;
    }

    .shares li {
      row-gap: 0;
    }

    .speed {
      display: block;
    }

    .models {
      flex-direction: row;
      align-items: center;
    }

    .models > * {
      flex: 1;
    }

    /* A share is read with its name: not a table's width apart. */
    .shares {
      max-inline-size: 26rem;
    }
  }
`;
