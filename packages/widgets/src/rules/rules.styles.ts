import { css } from 'lit';

/** Rules: name and state, figures, what is watched, history and buttons; loaded with the first. */
export const rulesStyles = css`
  .rule {
    gap: calc(var(--_space) * 0.75);
  }

  .rule-head,
  .rule-line {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: calc(var(--_space) * 0.5) var(--_space);
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .rule-line {
    justify-content: space-between;
    column-gap: calc(var(--_space) * 2);
  }

  .rule-name {
    font-weight: 600;
  }

  .rule-value {
    font-size: calc(var(--_size) * 1.286);
    font-weight: 600;
    letter-spacing: -0.01em;
  }

  .off :is(.rule-name, .rule-value) {
    color: var(--_muted);
  }

  .note {
    font-size: var(--_small);
    color: var(--_muted);
  }

  .note[title]:not([title='']) {
    text-decoration: underline dotted;
    text-underline-offset: 0.2em;
  }

  .quiet-line {
    font-size: var(--_small);
    color: var(--_muted);
  }

  .scale {
    inline-size: 100%;
    block-size: 0.75rem;
  }

  .scale .track {
    fill: var(--_neutral-soft);
  }

  .scale .fill {
    fill: var(--_meter-good);
  }

  .scale.firing .fill {
    fill: var(--_meter-bad);
  }

  .scale.off .fill {
    fill: var(--_muted);
  }

  .scale line {
    stroke: var(--_text);
    stroke-width: 2;
    vector-effect: non-scaling-stroke;
  }

  /* A line begins at zero and grows to where the reader reads to. */
  :host(:dir(rtl)) .scale {
    transform: scaleX(-1);
  }

  .rule-foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--_space) * 0.5) calc(var(--_space) * 2);
    min-block-size: 2rem;
    font-size: var(--_small);
  }

  .history {
    min-inline-size: 0;
  }

  /* The buttons go below, so that the list has the whole width. */
  .history[open] {
    flex: 1 0 100%;
  }

  .events {
    display: grid;
    gap: calc(var(--_space) * 0.5);
    margin: calc(var(--_space) * 0.5) 0 var(--_space);
    padding: 0;
    list-style: none;
  }

  .events li {
    display: grid;
    grid-template-columns: 0.5rem 8.5rem minmax(0, 1fr);
    align-items: baseline;
    gap: 0 var(--_space);
    overflow-wrap: anywhere;
  }

  .events li::before {
    inline-size: 0.4375rem;
    block-size: 0.4375rem;
    border-radius: 50%;
    background: var(--_meter-bad);
    content: '';
  }

  .events .cleared::before {
    background: var(--_meter-good);
  }

  .event-time {
    color: var(--_muted);
  }

  .rule-foot .choices {
    gap: 0 calc(var(--_space) * 0.25);
    margin-inline: auto calc(var(--_space) * -1);
  }

  .rule-foot .button {
    padding-inline: var(--_space);
    min-block-size: 1.75rem;
  }

  .rule-foot .button.quiet {
    color: var(--_muted);
    font-weight: 400;
  }

  .rule-foot .button.quiet:hover {
    color: var(--_text);
  }

  .rule-foot .confirm {
    gap: calc(var(--_space) * 0.5) var(--_space);
    margin-inline-end: 0;
    color: var(--_text);
    overflow-wrap: anywhere;
  }

  .button.danger {
    border-color: var(--_bad);
    color: var(--_bad);
  }

  .failure {
    display: flex;
    gap: var(--_space);
    margin: 0;
  }

  .card > .failure {
    margin-block-end: calc(var(--_space) * 1.5);
  }

  .failure svg {
    block-size: 1lh;
  }

  @container (max-width: 30rem) {
    .events li {
      grid-template-columns: 0.5rem minmax(0, 1fr);
    }

    .events li > :last-child {
      grid-column: 2;
    }

    .rule-foot .choices {
      margin-inline: 0;
    }

    .rule-foot .button {
      padding-inline: calc(var(--_space) * 0.75);
    }

    .rule-foot .choices > .quiet:first-child {
      margin-inline-start: calc(var(--_space) * -0.75);
    }
  }
`;
