import { css } from 'lit';

/** What a piece of advice has: the sentence, its amount, and quieter what it is from. */
export const usageAdviceStyles = css`
  .claim {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: calc(var(--_space) * 0.5) calc(var(--_space) * 2);
  }

  .sentence {
    flex: 1 1 16rem;
    font-weight: 600;
  }

  .closed .sentence {
    font-weight: 400;
  }

  .saving {
    font-size: calc(var(--_size) * 1.143);
    font-weight: 600;
    color: var(--_good);
    white-space: nowrap;
  }

  .saving.loss {
    color: var(--_bad);
  }

  /* The sentence has the amount, too. */
  @container (max-width: 30rem) {
    .saving {
      display: none;
    }
  }

  .details,
  .assumption,
  .notes,
  .arithmetic {
    font-size: var(--_small);
    color: var(--_muted);
  }

  .evidence {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 0.5) calc(var(--_space) * 2);
    font-size: var(--_small);
  }

  .evidence :is(a, .link) {
    display: inline-flex;
    align-items: center;
    min-block-size: 1.5rem;
    color: var(--_accent);
    font-weight: 400;
    text-decoration: underline;
    text-underline-offset: 0.2em;
    white-space: normal;
    text-align: start;
  }

  .settled {
    margin-block-start: calc(var(--_space) * 2);
    font-size: var(--_small);
  }

  .settled .pieces {
    margin-block-start: var(--_space);
  }

  .notes {
    margin-block: calc(var(--_space) * 2) 0;
  }

  .arithmetic table {
    inline-size: 100%;
    margin-block-start: calc(var(--_space) * 0.5);
    border-collapse: collapse;
    color: var(--_text);
  }

  .arithmetic :is(td, th) {
    padding: 0.125rem calc(var(--_space) * 0.5);
    font-weight: 400;
    text-align: start;
    vertical-align: top;
    overflow-wrap: anywhere;
  }

  .arithmetic tfoot :is(td, th) {
    border-block-start: 1px solid var(--_border);
    font-weight: 600;
  }

  .arithmetic .sign {
    inline-size: 1rem;
    color: var(--_muted);
  }

  .arithmetic .amount {
    text-align: end;
    white-space: nowrap;
  }

  .subject {
    color: var(--_muted);
  }

  .sentence .chip {
    margin-inline-end: calc(var(--_space) * 0.5);
  }
`;
