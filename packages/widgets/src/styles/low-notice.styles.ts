import { css } from 'lit';

/** For elements that are low: what a notice says goes into lines, not into a column. */
export const lowNoticeStyles = css`
  .notice {
    flex-flow: row wrap;
    align-self: stretch;
    align-content: center;
    gap: calc(var(--_space) * 0.5) var(--_space);
  }

  .notice.compact {
    padding-block: var(--_padding);
  }

  .notice svg {
    margin-block-end: 0;
  }

  .notice .button {
    margin-block-start: 0;
  }
`;
