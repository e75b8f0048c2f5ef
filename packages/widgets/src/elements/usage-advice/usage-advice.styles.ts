import { css } from 'lit';

/** Placeholders of pieces, which are what is loaded first. */
export const adviceSkeletonStyles = css`
  .pieces {
    display: grid;
    gap: calc(var(--_space) * 2);
  }

  .piece {
    display: grid;
    gap: calc(var(--_space) * 0.5);
  }

  .piece + .piece {
    padding-block-start: calc(var(--_space) * 2);
    border-block-start: 1px solid var(--_border);
  }
`;
