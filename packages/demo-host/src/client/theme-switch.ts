const ONE_YEAR_SECONDS = 365 * 86_400;

/** Lets the header's button switch between light and dark; the server sends the next page in the same theme. */
export function switchThemes(page: Document): void {
  page.querySelector('[data-theme-switch]')?.addEventListener('click', () => {
    const root = page.documentElement;
    const isDark = getComputedStyle(root).colorScheme.trim() === 'dark' || prefersDark(root);
    const theme = isDark ? 'light' : 'dark';
    root.dataset['theme'] = theme;
    page.cookie = `theme=${theme}; path=/; max-age=${ONE_YEAR_SECONDS}; samesite=lax`;
  });
}

function prefersDark(root: HTMLElement): boolean {
  return root.dataset['theme'] === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches;
}
