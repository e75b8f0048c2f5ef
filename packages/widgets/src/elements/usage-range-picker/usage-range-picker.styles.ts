import { css } from 'lit';

/** One line of presets; the fields of a custom range beside or below. */
export const usageRangePickerStyles = css`
  :host {
    display: block;
    min-block-size: 2.25rem;
  }

  .picker,
  .custom {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
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
    color: var(--_muted);
  }

  .error {
    font-size: var(--_small);
    color: var(--_bad);
  }

  .zone {
    font-size: var(--_small);
    color: var(--_muted);
  }
`;
