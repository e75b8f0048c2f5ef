import { css, type CSSResultGroup } from 'lit';
import { staleStyles } from '../../styles/stale.styles.js';

/** What only figures have: how much is left, days that are waited for, how old a balance is. */
export const quotaFiguresStyles: CSSResultGroup = [
  staleStyles,
  css`
    .meter-fill.warning {
      background: var(--_meter-warning);
    }

    .meter-fill.bad {
      background: var(--_meter-bad);
    }

    .level-warning {
      color: var(--_warning);
      font-weight: 600;
    }

    .level-bad {
      color: var(--_bad);
      font-weight: 600;
    }

    /* Bars of another zone's days keep the room of those to come. */
    .spark.waiting svg {
      color: var(--_neutral-soft);
    }

    .spark.waiting .below,
    .spark.waiting title {
      visibility: hidden;
    }
  `,
];
