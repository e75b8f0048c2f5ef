import { css } from 'lit';

/** Label, figure, what is behind it, change. */
export const usageOverviewStyles = css`
  :host {
    --_stat-lines: 4;
  }

  /* Three lines here, also of the skeleton: tokens name input, output and the cache. */
  @container (max-width: 26rem) {
    .stat-detail {
      min-block-size: 4.5em;
    }
  }
`;
