import { UsageProvider, usageRoutes, type UsageRouteOptions } from '@usage-kit/react-pages';
import { useEffect, useState, type ReactElement } from 'react';
import {
  Navigate,
  Outlet,
  useNavigate,
  useParams,
  useSearchParams,
  type RouteObject,
} from 'react-router-dom';

/** What the Hub's client knows. */
export interface HubPageOptions {
  /** `window.blocklet.prefix`: where the Hub is mounted, which is its router's `basename`. */
  prefix: string;
  /** `useLocaleContext().locale` as a hook. */
  useLocale: () => string;
  /** Opens Payment Kit's dialog; see `top-up-dialog.tsx` of react-pages. */
  renderTopUp: NonNullable<UsageRouteOptions['renderTopUp']>;
  /** The old page, for users who do not have the new ones. */
  oldPage: ReactElement;
}

const PATH = '/credit-usage';

/** The new pages as routes below `/credit-usage`, whose colors are those of the MUI theme that the Hub has around its router. */
export function hubUsageRoutes({ prefix, useLocale, ...options }: HubPageOptions): RouteObject[] {
  const mount = prefix.replace(/\/$/, '');
  const baseUrl = `${mount}/api/usage-kit`;
  function UsageLayout(): ReactElement {
    const [params, setParams] = useSearchParams();
    return (
      <UsageProvider baseUrl={baseUrl} locale={useLocale()} url={{ params, setParams }}>
        <Outlet />
      </UsageProvider>
    );
  }
  // Addresses have the prefix, for a new tab; the router adds it to its own paths by itself.
  const useMountedNavigate = (): ((path: string) => void) => {
    const navigate = useNavigate();
    return (path) => void navigate(path.slice(mount.length));
  };
  const pages = usageRoutes(
    { useParams, useNavigate: useMountedNavigate },
    { basePath: mount + PATH, renderTopUp: options.renderTopUp },
  );
  const start = <UsageStart mount={mount} oldPage={options.oldPage} />;
  return [
    { path: PATH, element: start },
    {
      element: <UsageLayout />,
      children: pages.map(({ path, Component }) => ({ path: path.slice(mount.length), Component })),
    },
  ];
}

type StartProps = Pick<HubPageOptions, 'oldPage'> & { mount: string };

/** Where `/credit-usage` leads, as the server decides by the user. When it cannot be asked: to the old page. */
function UsageStart({ mount, oldPage }: StartProps): ReactElement | null {
  const [usesNewPages, setUsesNewPages] = useState<boolean | null>(null);
  useEffect(() => {
    fetch(`${mount}/api/usage-kit/start`)
      .then((response) => response.json() as Promise<{ usesNewPages?: boolean }>)
      .then((body) => setUsesNewPages(body.usesNewPages === true))
      .catch(() => setUsesNewPages(false));
  }, [mount]);
  if (usesNewPages === null) return null;
  return usesNewPages ? <Navigate to={`${PATH}/dashboard`} replace /> : oldPage;
}
