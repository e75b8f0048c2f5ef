import { css } from 'lit';

/** Kinds by color and by name; increases in green with a plus. */
export const ledgerListStyles = css`
  .amount {
    font-weight: 600;
  }

  .amount.increase {
    color: var(--_good);
  }

  .chip.grant {
    background: var(--_good-soft);
    color: var(--_good);
  }

  .chip.expiration {
    background: var(--_bad-soft);
    color: var(--_bad);
  }

  .chip.adjustment {
    background: var(--_warning-soft);
    color: var(--_warning);
  }

  a {
    color: var(--_accent);
    text-underline-offset: 0.2em;
  }

  /* What is left and until when are a line of a card. */
  @container (max-width: 44rem) {
    tbody td.col-left {
      order: 1;
    }

    tbody td.col-left:not(:has(.cell-value > span)) {
      display: none;
    }
  }
`;
