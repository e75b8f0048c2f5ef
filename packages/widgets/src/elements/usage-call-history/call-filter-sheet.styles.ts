import { css } from 'lit';

/** The filters of a narrow card, at the end of the window and over all of its width. */
export const filterSheetStyles = css`
  .sheet {
    inset: auto 0 0;
    box-sizing: border-box;
    inline-size: 100%;
    max-inline-size: 40rem;
    max-block-size: 85vh;
    max-block-size: 85dvh;
    margin: 0 auto;
    padding: calc(var(--_space) * 2.5);
    overflow-y: auto;
    overscroll-behavior: contain;
    border: 1px solid var(--_border);
    border-block-end: 0;
    border-radius: 1rem 1rem 0 0;
    outline: none;
    background: var(--_surface);
    color: var(--_text);
    font-size: var(--_size);
    animation: sheet-in 160ms ease-out;
  }

  .sheet::backdrop {
    background: rgb(16 19 26 / 0.32);
  }

  .sheet.closing,
  .sheet.closing::backdrop {
    opacity: 0;
  }

  @keyframes sheet-in {
    from {
      opacity: 0;
      translate: 0 2rem;
    }
  }

  .sheet > [role='heading'] {
    margin-block-end: calc(var(--_space) * 2);
    font-size: calc(var(--_size) * 1.143);
    font-weight: 600;
  }

  .sheet .filter-list {
    display: grid;
    gap: calc(var(--_space) * 1.5);
  }

  .sheet .search .input {
    inline-size: 100%;
  }

  .sheet .filter {
    justify-content: space-between;
    margin: 0;
  }

  .sheet .filter .select {
    inline-size: 65%;
    max-inline-size: none;
  }

  /* For a thumb. */
  .sheet :is(.input, .select, .button) {
    min-block-size: 2.75rem;
  }

  .sheet-foot {
    display: flex;
    gap: var(--_space);
    margin-block-start: calc(var(--_space) * 2.5);
  }

  .sheet-foot .button {
    flex: 1;
  }
`;
