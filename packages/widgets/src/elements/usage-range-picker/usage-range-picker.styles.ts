import { css } from 'lit';

/** One line where there is room: presets, zone, the two days. Below each other on a phone. */
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

  /* By their text: an error below the days must not push the rest of the line. */
  .picker,
  .custom {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: var(--_space) calc(var(--_space) * 1.5);
  }

  .picker .segments {
    background: var(--_neutral-soft);
  }

  .field {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_space) * 0.75);
    font-size: var(--_small);
    white-space: nowrap;
    color: var(--_muted);
  }

  .error {
    flex-basis: 100%;
    grid-column: 1 / -1;
    font-size: var(--_small);
    color: var(--_bad);
  }

  .error:empty {
    display: none;
  }

  .zone {
    font-size: var(--_small);
    color: var(--_muted);
  }

  .zone:not(:last-child) {
    margin-inline-end: var(--_space);
  }

  @media (max-width: 36rem) {
    .custom {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
      align-items: end;
      gap: var(--_space);
      inline-size: 100%;
    }

    .field {
      flex-direction: column;
      align-items: stretch;
      gap: 0.125rem;
    }

    .field .input {
      min-inline-size: 0;
      inline-size: 100%;
      padding-inline: calc(var(--_space) * 0.75);
    }

    .zone {
      order: 1;
    }
  }
`;
