/** A table that is wider than the page scrolls by itself; with a keyboard it can only where it takes the focus. */
export function watchTables(): void {
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) setFocusable(target as HTMLElement);
  });
  for (const table of document.querySelectorAll<HTMLElement>('.sl-markdown-content table')) {
    setFocusable(table);
    sizes.observe(table);
  }
}

function setFocusable(table: HTMLElement): void {
  if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
  else table.removeAttribute('tabindex');
}

/** The button's name is what it shows, its shortcut too, so that people who speak to their browser can say what they see. */
export function nameSearch(): void {
  for (const button of document.querySelectorAll('button[data-open-modal]')) {
    const shown = button.textContent.replaceAll(/\s+/g, ' ').trim();
    if (shown !== '') button.ariaLabel = shown;
  }
}
