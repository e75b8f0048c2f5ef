import { css } from 'lit';

/** The placeholder of rules: blocks as tall as rules are. */
export const skeletonRulesStyles = css`
  .skeleton-rules {
    display: grid;
    gap: calc(var(--_space) * 4);
  }

  .skeleton-rules > * {
    block-size: 5.5rem;
  }

  .skeleton-rules.large > * {
    block-size: 15rem;
  }
`;
