import { css } from 'lit';

/** Lines and bars in the rows of projects. */
export const rowDrawingStyles = css`
  .sparkline {
    display: block;
    block-size: 1.25rem;
    inline-size: 4rem;
    overflow: visible;
    stroke: var(--_series-1);
    fill: none;
    /* Time runs from left to right in charts of every language. */
    direction: ltr;
  }

  .sparkline .line {
    stroke-width: 1.5;
    stroke-linejoin: round;
    stroke-linecap: round;
  }

  .sparkline .area {
    stroke: none;
    fill: var(--_series-1);
    opacity: 0.14;
  }

  .sparkline .peak {
    stroke: none;
    fill: var(--_series-1);
  }

  /* As wide as its share of the cell, behind the figure, from the edge that figures line up at. */
  td:has(.share) {
    position: relative;
  }

  .share {
    position: absolute;
    inset-block: calc(var(--_space) * 0.75);
    inset-inline: 0;
    inline-size: 100%;
    block-size: calc(100% - var(--_space) * 1.5);
    fill: var(--_series-1);
    opacity: 0.16;
    pointer-events: none;
    transform: scaleX(-1);
  }

  :host(:dir(rtl)) .share {
    transform: none;
  }

  /* A card's figure begins where its label does. */
  @container (max-width: 44rem) {
    td:has(.share) {
      position: static;
    }

    .cell-value:has(.share) {
      position: relative;
      inline-size: 100%;
      text-align: start;
    }

    :host(:dir(rtl)) .cell-value:has(.share) {
      text-align: right;
    }

    .share {
      inset-block: 0;
      block-size: 100%;
      transform: none;
    }

    :host(:dir(rtl)) .share {
      transform: scaleX(-1);
    }
  }

  @container (max-width: 44rem) {
    .compact:not(.expanded) .share {
      transform: scaleX(-1);
    }

    :host(:dir(rtl)) .compact:not(.expanded) .share {
      transform: none;
    }

    .compact:not(.expanded) .cell-value:has(.share) {
      padding-inline-end: calc(var(--_space) * 0.5);
      text-align: end;
    }
  }

  @media (forced-colors: active) {
    .sparkline {
      stroke: CanvasText;
    }

    .sparkline :is(.area, .peak),
    .share {
      fill: CanvasText;
    }
  }
`;
