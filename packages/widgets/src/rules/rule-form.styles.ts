import { css } from 'lit';

/** The form of a rule, which is loaded with it. */
export const ruleFormStyles = css`
  .new {
    margin-block-end: calc(var(--_space) * 2.5);
  }

  .editor {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(11rem, 100%), 1fr));
    align-items: start;
    gap: calc(var(--_space) * 1.5) calc(var(--_space) * 2);
    padding: calc(var(--_space) * 2);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    background: var(--_sunken);
  }

  .editor .wide {
    grid-column: 1 / -1;
  }

  .field {
    display: grid;
    gap: calc(var(--_space) * 0.5);
    min-inline-size: 0;
    font-size: var(--_small);
    font-weight: 500;
  }

  .field .input {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 2.25rem;
    font-weight: 400;
  }

  .field [aria-invalid='true'] {
    border-color: var(--_bad);
  }

  .hint {
    color: var(--_muted);
    font-weight: 400;
    line-height: 1.4;
  }

  .hint.fault {
    color: var(--_bad);
  }

  .hint:empty {
    display: none;
  }

  .editor fieldset,
  .checks {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--_space) * 2.5);
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  .editor legend {
    padding: 0;
    font-size: var(--_small);
    font-weight: 500;
  }

  .check {
    display: inline-flex;
    align-items: center;
    gap: var(--_space);
    min-block-size: 1.75rem;
    font-size: var(--_small);
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  /* The browser's own box is of another shape and color than every field around it. */
  .check input {
    display: grid;
    flex: none;
    place-content: center;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    margin: 0;
    border: 1px solid var(--_control-border);
    border-radius: 0.25rem;
    background: var(--_surface);
    appearance: none;
    cursor: pointer;
  }

  .check input:checked {
    border-color: var(--_accent);
    background: var(--_accent);
  }

  .check input:checked::before {
    inline-size: 0.3125rem;
    block-size: 0.5625rem;
    border: solid var(--_on-accent);
    border-width: 0 2px 2px 0;
    content: '';
    transform: translateY(-1px) rotate(45deg);
  }

  @media (forced-colors: active) {
    .check input {
      appearance: auto;
    }
  }
`;
