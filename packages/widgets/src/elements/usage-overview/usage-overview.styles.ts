import { css } from 'lit';

/** The cards stand by themselves; the status line is under them, without a frame. */
export const usageOverviewStyles = css`
  .foot {
    margin-block-start: calc(var(--_space) * 0.5);
  }
`;
