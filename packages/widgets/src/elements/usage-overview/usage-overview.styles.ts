import { css } from 'lit';

/** Label, figure, what is behind it, change. */
export const usageOverviewStyles = css`
  :host {
    --_stat-lines: 4;
  }

  /* Two lines here, also of the skeleton. */
  @container (max-width: 26rem) {
    .stat-detail {
      min-block-size: 3em;
    }
  }
`;
