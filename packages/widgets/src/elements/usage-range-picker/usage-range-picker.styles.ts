import { css } from 'lit';

/** Presets and zone in one line where there is room. */
export const usageRangePickerStyles = css`
  /* As wide as its content, unlike the other elements: in a row of flex items a container would have no width. */
  .root {
    container-type: normal;
  }

  :host {
    min-inline-size: min-content;
    max-inline-size: 100%;
    min-block-size: 2.25rem;
  }

  .picker {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: var(--_space) calc(var(--_space) * 1.5);
  }

  .picker .segments {
    background: var(--_neutral-soft);
  }

  .zone {
    font-size: var(--_small);
    color: var(--_muted);
  }
`;
