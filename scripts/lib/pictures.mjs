/** What a picture is taken on. */
export const screens = {
  small: { viewport: { width: 320, height: 700 }, deviceScaleFactor: 1, hasTouch: true },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5, hasTouch: true },
  tablet: { viewport: { width: 768, height: 1024 }, deviceScaleFactor: 1, hasTouch: true },
  desktop: { viewport: { width: 1360, height: 900 }, deviceScaleFactor: 1 },
  large: { viewport: { width: 3840, height: 2160 }, deviceScaleFactor: 1 },
};

const pages = ['dashboard', 'project'];
const schemes = ['light', 'dark'];

/** The pictures of the documents, of what is seen without scrolling far. */
export const DOCUMENT_PICTURES = ['desktop', 'phone'].flatMap((screen) =>
  pages.flatMap((page) =>
    schemes.map((colorScheme) => ({
      name: `${page}-${screen}${colorScheme === 'dark' ? '-dark' : ''}`,
      screen,
      height: 1500,
      page,
      colorScheme,
      locale: 'en',
    })),
  ),
);

/** Both pages from top to bottom on every screen, in both schemes and languages; then what goes wrong or is not there. */
export const ALL_PICTURES = [
  ...Object.keys(screens).flatMap((screen) =>
    pages.flatMap((page) =>
      schemes.flatMap((colorScheme) =>
        ['en', 'zh'].map((locale) => ({
          name: `${screen}-${page}-${colorScheme}-${locale}`,
          screen,
          page,
          colorScheme,
          locale,
          fullPage: true,
        })),
      ),
    ),
  ),
  ...[
    ['new-user', 'dashboard'],
    ['payment-kit-down', 'dashboard'],
    ['loading', 'dashboard'],
    ['loading', 'project'],
    ['broken-part', 'dashboard'],
    ['signed-out', 'dashboard'],
    ['forbidden', 'dashboard'],
    ['not-found', 'project'],
    ['open-call', 'project'],
    ['filters', 'project'],
  ].flatMap(([state, page]) =>
    [
      ['desktop', 'light', 'en'],
      ['phone', 'dark', 'zh'],
    ].map(([screen, colorScheme, locale]) => ({
      name: `state-${state}-${page}-${screen}`,
      state,
      screen,
      page,
      colorScheme,
      locale,
      fullPage: true,
    })),
  ),
];
