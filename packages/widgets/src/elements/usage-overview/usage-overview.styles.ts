import { css } from 'lit';

/** The cards stand by themselves; the status line is under them, without a frame. */
export const usageOverviewStyles = css`
  .foot {
    margin-block-start: calc(var(--_space) * 0.5);
  }

  .stack .notice {
    padding-block: calc(var(--_padding) * 0.5);
  }

  .framed {
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
`;
