import { css } from 'lit';

/** Six in a row, three by two, then two by three. */
export const usageProjectStatsStyles = css`
  :host {
    --_columns: 6;
    --_columns-medium: 3;
    --_logo: 2rem;
  }

  .project {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 calc(var(--_space) * 1.5);
    min-block-size: 2.5rem;
    margin-block-end: var(--_space);
  }

  .project .title {
    font-size: calc(var(--_size) * 1.2857);
    overflow-wrap: anywhere;
  }

  .did {
    display: inline-flex;
    align-items: center;
    min-block-size: 1.75rem;
    color: var(--_muted);
  }

  .mono {
    font-family: var(--_font-mono);
    font-size: 0.9em;
  }

  /* “Average duration” on one line, six abreast. */
  .stat {
    padding-inline-end: calc(var(--_padding) * 0.4);
  }

  .stat-figure {
    font-size: calc(var(--_size) * 1.571);
  }

  /* The change, and below it what it is compared with. */
  .vs {
    flex-basis: 100%;
  }

  .stat-change {
    min-block-size: 3em;
  }

  .minor {
    display: grid;
    grid-template-rows: auto 1fr;
    align-items: end;
    min-inline-size: 0;
    padding-block: calc(var(--_padding) * 0.6) calc(var(--_padding) * 1.2);
    padding-inline: var(--_padding) calc(var(--_padding) * 0.4);
    background: var(--_surface);
    font-size: var(--_small);
  }

  .minor dt {
    color: var(--_muted);
  }

  .minor dd {
    margin: 0;
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .minor dd .muted {
    font-weight: 400;
  }

  .minor-line {
    display: block;
  }

  @container (max-width: 44rem) {
    .minor {
      padding-block-end: calc(var(--_padding) * 0.6);
      padding-inline-start: calc(var(--_padding) * 0.8);
    }
  }

  @container (max-width: 30rem) {
    .project .title,
    .did {
      flex-basis: 100%;
    }
  }

  @container (max-width: 24rem) {
    .stat-change {
      min-block-size: 1.5em;
    }
  }
`;
