import { css } from 'lit';

/** Balance, runway and sparkline side by side; below each other where there is no room. */
export const usageQuotaStyles = css`
  .quota {
    display: grid;
    grid-template-columns: minmax(0, 1.7fr) minmax(0, 1fr) minmax(0, 0.9fr);
    gap: calc(var(--_padding) * 1.6);
  }

  .aside {
    padding-inline-start: calc(var(--_padding) * 1.6);
    border-inline-start: 1px solid var(--_border);
  }

  dl,
  dd {
    margin: 0;
  }

  dt,
  .label {
    font-weight: 500;
    color: var(--_muted);
  }

  /* Used and total move below the remainder together. */
  .amounts,
  .rest {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-end;
    gap: var(--_space) calc(var(--_padding) * 1.6);
  }

  .amounts > :first-child {
    margin-inline-end: auto;
  }

  .figure {
    font-size: calc(var(--_size) * 1.2857);
    font-weight: 600;
    line-height: 1.4;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }

  .figure.large {
    font-size: calc(var(--_size) * 2.4286);
    line-height: 1.2;
    letter-spacing: -0.025em;
  }

  .symbol {
    font-size: var(--_size);
    font-weight: 500;
    letter-spacing: 0;
    color: var(--_muted);
  }

  .meter {
    block-size: 0.5rem;
    margin-block: calc(var(--_space) * 1.75) calc(var(--_space) * 0.75);
    overflow: hidden;
    border-radius: 1rem;
    background: var(--_neutral-soft);
  }

  .meter-fill {
    block-size: 100%;
    inline-size: calc(var(--_ratio, 0) * 100%);
    min-inline-size: 0.25rem;
    border-radius: inherit;
    background: var(--_meter-good);
    transition: inline-size 400ms ease-out;
  }

  .below,
  .extra {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 calc(var(--_space) * 2);
    min-block-size: 1.5em;
    font-size: var(--_small);
    color: var(--_muted);
  }

  /* A date is read in one piece. */
  [part='runway'] .small {
    text-wrap: balance;
    word-break: keep-all;
  }

  .spark {
    display: flex;
    flex-direction: column;
    gap: calc(var(--_space) * 0.75);
  }

  .spark svg {
    inline-size: 100%;
    block-size: 3.5rem;
    overflow: visible;
    color: var(--_series-1);
  }

  .spark:dir(rtl) svg {
    transform: scaleX(-1);
  }

  /* Hidden text keeps its room; what is seen of it is drawn over it. Below a notice only the room is wanted. */
  [part='skeleton'] * {
    position: relative;
    visibility: hidden;
  }

  [part='skeleton'] :is(dt, dd, .label, .figure, .small)::after {
    position: absolute;
    inset-block: 0.125em;
    inset-inline: 0 20%;
    border-radius: var(--_radius-small);
    background: var(--_neutral-soft);
    content: '';
    visibility: visible;
  }

  [part='skeleton'] :is(.meter, svg, rect) {
    color: var(--_neutral-soft);
    visibility: visible;
  }

  @media (forced-colors: active) {
    .meter {
      border: 1px solid CanvasText;
    }

    .meter-fill {
      forced-color-adjust: none;
      background: Highlight;
    }
  }

  @container (max-width: 52rem) {
    .quota {
      grid-template-columns: minmax(0, 1.4fr) minmax(0, 1fr);
      gap: var(--_padding);
    }

    .quota > :first-child {
      grid-column: 1 / -1;
    }

    .aside {
      padding-block-start: var(--_padding);
      padding-inline-start: 0;
      border-block-start: 1px solid var(--_border);
      border-inline-start: 0;
    }
  }

  @container (max-width: 26rem) {
    .quota {
      grid-template-columns: minmax(0, 1fr);
    }

    .amounts > dl {
      flex-basis: 100%;
    }

    /* The heading stays in one line, as it was while loading; the button's title says the rest. */
    .button .small {
      display: none;
    }
  }
`;
