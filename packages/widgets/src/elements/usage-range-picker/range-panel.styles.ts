import { css } from 'lit';

/** The panel of two days, whose code is loaded when it is first opened. */
export const rangePanelStyles = css`
  .range-panel {
    position: fixed;
    inset: auto;
    box-sizing: border-box;
    inline-size: max-content;
    max-inline-size: calc(100vw - 1rem);
    max-block-size: calc(100vh - 1rem);
    overflow-y: auto;
    margin: 0;
    padding: calc(var(--_space) * 2);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    font-size: var(--_small);
    box-shadow: 0 0.5rem 2rem rgb(0 0 0 / 0.18);
  }

  .fields {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: calc(var(--_space) * 1.5);
  }

  .field {
    display: grid;
    gap: calc(var(--_space) * 0.5);
    color: var(--_muted);
  }

  .field .input {
    min-inline-size: 0;
    padding-inline: var(--_space);
    font-variant-numeric: tabular-nums;
  }

  /* The months below are the picker. */
  .field .input::-webkit-calendar-picker-indicator {
    display: none;
  }

  .months {
    position: relative;
    display: flex;
    gap: calc(var(--_space) * 3);
    margin-block-start: calc(var(--_space) * 2);
  }

  .step-back,
  .step-on {
    position: absolute;
    inset-block-start: 0;
  }

  .step-back {
    inset-inline-start: 0;
  }

  .step-on {
    inset-inline-end: 0;
  }

  .step-back:dir(ltr) svg,
  .step-on:dir(rtl) svg {
    transform: scaleX(-1);
  }

  .month {
    flex: 1;
  }

  .month-name {
    min-block-size: 1.75rem;
    font-weight: 600;
    line-height: 1.75rem;
    text-align: center;
  }

  .month table {
    inline-size: 100%;
    border-collapse: collapse;
  }

  .month th {
    padding: var(--_space) 0 calc(var(--_space) * 0.5);
    font-weight: 500;
    color: var(--_muted);
    text-align: center;
  }

  .month td {
    padding: 1px 0;
    text-align: center;
  }

  .month td button {
    display: block;
    inline-size: 100%;
    min-inline-size: 2.25rem;
    min-block-size: 2.125rem;
    padding: 0;
    border: 0;
    border-radius: var(--_radius-small);
    background: none;
    color: inherit;
    font: inherit;
    font-variant-numeric: tabular-nums;
    cursor: pointer;
  }

  .month td button:hover:not(:disabled) {
    background: var(--_neutral-soft);
  }

  .month td button:disabled {
    color: var(--_muted);
    opacity: 0.55;
    cursor: default;
  }

  .month td button[aria-current] {
    box-shadow: inset 0 0 0 1px var(--_control-border);
  }

  .month td:is(.between, .first, .last) {
    background: linear-gradient(
        color-mix(in oklab, var(--_accent) 14%, transparent),
        color-mix(in oklab, var(--_accent) 14%, transparent)
      )
      no-repeat center / 100% calc(100% - 2px);
  }

  .month td.first {
    border-start-start-radius: var(--_radius-small);
    border-end-start-radius: var(--_radius-small);
  }

  .month td.last {
    border-start-end-radius: var(--_radius-small);
    border-end-end-radius: var(--_radius-small);
  }

  .month td:is(.first, .last, .only) button,
  .month td:is(.first, .last, .only) button:hover {
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .range-actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space);
    margin-block-start: calc(var(--_space) * 2);
  }

  .range-note {
    flex: 1;
    min-inline-size: 8rem;
    color: var(--_muted);
  }

  .range-note .error {
    color: var(--_bad);
  }

  @media (max-width: 39.99rem) {
    .month:nth-last-of-type(2) {
      display: none;
    }

    .range-panel {
      inline-size: min(22rem, 100vw - 1rem);
    }
  }

  @media (forced-colors: active) {
    .month td:is(.first, .last, .only, .between) button {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
