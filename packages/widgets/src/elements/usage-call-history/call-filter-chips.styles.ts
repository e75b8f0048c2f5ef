import { css } from 'lit';

/** The chips of the filters, which are loaded with the first filter. */
export const filterChipsStyles = css`
  .chips {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 0.75) var(--_space);
    font-size: var(--_small);
  }

  .filter-chip {
    max-inline-size: 100%;
    min-block-size: 1.75rem;
    border-radius: 1rem;
    border-color: transparent;
    background: var(--_neutral-soft);
  }

  .filter-chip span {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
`;
