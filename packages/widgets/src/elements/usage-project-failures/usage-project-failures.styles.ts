import { css } from 'lit';

/** The room of four reasons, a button and a note; on a phone each has more lines. */
export const usageProjectFailuresStyles = css`
  .root {
    --_loaded-height: 21rem;
  }

  @container (max-width: 30rem) {
    .loaded {
      --_loaded-height: 25rem;
    }
  }
`;
