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
