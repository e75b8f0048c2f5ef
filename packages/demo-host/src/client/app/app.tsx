import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import Box from '@mui/material/Box';
import Container from '@mui/material/Container';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { usageRoutes, UsageProvider } from '@usage-kit/react-pages';
import { useEffect, useState, type ReactElement } from 'react';
import {
  createBrowserRouter,
  Outlet,
  RouterProvider,
  ScrollRestoration,
  useNavigate,
  useParams,
  useSearchParams,
} from 'react-router';
import { DemoAppBar } from './app-bar.js';
import { createFirstCall } from '../../first-call.js';
import type { Locale, Shell } from './shell.js';
import { PAGE_WIDTH, createSchemeStorage, theme } from './theme.js';

const ONE_YEAR_SECONDS = 365 * 86_400;

/** The demo as a product has it: its own theme, router and bar around the two pages. */
export function App({ shell }: { shell: Shell }): ReactElement {
  // Made once: a new cache would write its styles again, a new router forget where it is.
  const [cache] = useState(() => createCache({ key: 'demo', nonce: shell.nonce }));
  const [router] = useState(() => createRouter(shell));
  return (
    <CacheProvider value={cache}>
      <ThemeProvider theme={theme} defaultMode="system" storageManager={createSchemeStorage}>
        <CssBaseline />
        <RouterProvider router={router} />
      </ThemeProvider>
    </CacheProvider>
  );
}

function createRouter(shell: Shell): ReturnType<typeof createBrowserRouter> {
  const children = usageRoutes(
    { useParams, useNavigate },
    {
      signInHref: '/sign-in?back=/usage/dashboard',
      guide: { code: createFirstCall(shell.userDid), href: '/quick-start' },
    },
  );
  return createBrowserRouter([{ element: <Layout shell={shell} />, children }]);
}

function Layout({ shell }: { shell: Shell }): ReactElement {
  const [params, setParams] = useSearchParams();
  const [locale, setLocale] = useState<Locale>(shell.locale);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  const chooseLocale = (chosen: Locale): void => {
    document.cookie = `locale=${chosen}; path=/; max-age=${ONE_YEAR_SECONDS}; samesite=lax`;
    setLocale(chosen);
  };
  return (
    <>
      <DemoAppBar userName={shell.userName} locale={locale} onLocale={chooseLocale} />
      <Container component="main" maxWidth={false} sx={{ ...PAGE_WIDTH, py: { xs: 2, sm: 4 } }}>
        <UsageProvider locale={locale} range={shell.defaultRange} url={{ params, setParams }}>
          <Outlet />
        </UsageProvider>
        <Box sx={{ height: 32 }} />
      </Container>
      <ScrollRestoration />
    </>
  );
}
