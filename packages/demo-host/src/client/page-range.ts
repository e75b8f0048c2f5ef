import type { UsageProvider } from '@usage-kit/widgets';

/** A range as the elements write it: `last-30-days`, dates or instants; an empty `to` is now. */
interface WrittenRange {
  from: string;
  to: string;
}

/**
 * Writes the chosen range into the URL, so that a link, a reload and the back button show the same page.
 *
 * The provider passes the range to the elements; only the back button has to change the provider.
 */
export function followRange(provider: UsageProvider, view: Window): void {
  const { defaultFrom = '', defaultTo = '' } = provider.dataset;
  provider.addEventListener('usage-range-change', ({ detail }) => {
    const url = new URL(view.location.href);
    writeRange(url, detail);
    view.history.pushState(null, '', url);
    writeRangeIntoLinks(view);
  });
  view.addEventListener('popstate', () => {
    const { from, to } = readRange(view) ?? { from: defaultFrom, to: defaultTo };
    provider.from = from;
    provider.to = to === '' ? undefined : to;
    writeRangeIntoLinks(view);
  });
  writeRangeIntoLinks(view);
}

/** The address with the range of the page that is shown. */
export function withRange(address: string, view: Window): string {
  const url = new URL(address, view.location.href);
  const range = readRange(view);
  if (range) writeRange(url, range);
  return url.pathname + url.search;
}

function readRange(view: Window): WrittenRange | null {
  const query = new URLSearchParams(view.location.search);
  const from = query.get('from');
  return from ? { from, to: query.get('to') ?? '' } : null;
}

function writeRange(url: URL, range: WrittenRange): void {
  url.searchParams.set('from', range.from);
  if (range.to) url.searchParams.set('to', range.to);
  else url.searchParams.delete('to');
}

/** Adds the range to the links between the pages. */
function writeRangeIntoLinks(view: Window): void {
  for (const link of view.document.querySelectorAll<HTMLAnchorElement>('a[data-keep-range]')) {
    link.href = withRange(link.href, view);
  }
}
