import { css } from 'lit';

/** The room of content that is loaded later: of the same height from the start, so that nothing below moves. */
export const loadedStyles = css`
  .loaded {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: var(--_loaded-height, 19rem);
  }
`;
