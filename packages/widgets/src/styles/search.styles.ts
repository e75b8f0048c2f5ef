import { css } from 'lit';

/** A search field with its icon inside. */
export const searchStyles = css`
  .search {
    position: relative;
    display: inline-flex;
    align-items: center;
  }

  .search svg {
    position: absolute;
    inset-inline-start: var(--_space);
    color: var(--_muted);
    pointer-events: none;
  }

  .search .input {
    inline-size: 14rem;
    max-inline-size: 100%;
    padding-inline-start: 1.875rem;
  }
`;
