import { css } from 'lit';

/** A footer that is the padding of its card until something is wrong with old data. */
export const statusFooterStyles = css`
  .card:has(> .status-foot) {
    padding-block-end: 0.125rem;
  }

  .status-foot {
    flex-flow: row;
    align-items: end;
    min-block-size: calc(var(--_padding) * 1.2);
    margin-block-start: 0;
    line-height: 1.25;
  }

  .status-foot .problem {
    padding-block: 0.0625rem;
  }

  .status-foot .link {
    min-block-size: 0;
  }

  /* In two lines it does not fit into the padding, so it may as well have air. */
  @container (max-width: 30rem) {
    .card > .status-foot .problem {
      margin-block: 0.25rem;
    }
  }
`;
