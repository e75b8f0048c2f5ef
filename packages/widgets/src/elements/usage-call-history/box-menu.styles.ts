import { css } from 'lit';

/** Menus of boxes to tick, which are loaded with the first of them. */
export const boxMenuStyles = css`
  .box-panel {
    position: fixed;
    inset: auto;
    min-inline-size: 11rem;
    max-inline-size: min(18rem, 100vw - 1rem);
    max-block-size: min(24rem, 100vh - 1rem);
    overflow-y: auto;
    margin: 0;
    padding: calc(var(--_space) * 0.5);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font-size: var(--_small);
    box-shadow: 0 0.25rem 1rem rgb(0 0 0 / 0.18);
  }

  .box-panel label {
    display: flex;
    align-items: center;
    gap: var(--_space);
    min-block-size: 2rem;
    padding-inline: calc(var(--_space) * 1.25);
    border-radius: var(--_radius-small);
    cursor: pointer;
  }

  .box-panel label:hover {
    background: var(--_sunken);
  }

  .box-panel:focus {
    outline: none;
  }

  .box-panel .value {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .box-panel .value-calls {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }

  .box-panel .note {
    margin: 0;
    padding: calc(var(--_space) * 0.75) calc(var(--_space) * 1.25);
    color: var(--_muted);
  }

  .box-panel input {
    flex: none;
    inline-size: 1rem;
    block-size: 1rem;
    margin: 0;
    accent-color: var(--_accent);
    cursor: pointer;
  }

  .box-panel .link {
    margin: calc(var(--_space) * 0.5) calc(var(--_space) * 1.25);
  }
`;
