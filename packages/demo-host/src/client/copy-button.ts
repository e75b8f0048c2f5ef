/** Makes every button with `data-copy` copy that text and say so. */
export function copyOnClick(page: Document): void {
  for (const button of page.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    button.addEventListener('click', () => {
      void copy(button);
    });
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const { copy: text = '', copied = '' } = button.dataset;
  await navigator.clipboard.writeText(text);
  // A label that changes is read out; the mark is for the eyes.
  button.setAttribute('aria-label', copied);
  button.dataset['done'] = '';
}
