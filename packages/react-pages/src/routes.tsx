import Link from '@mui/material/Link';
import { toProjectHref } from '@usage-kit/widgets';
import type { ComponentType, MouseEvent, ReactElement } from 'react';
import { DashboardPage, type DashboardPageProps } from './pages/dashboard/dashboard-page.js';
import { ProjectDetailPage } from './pages/project/project-detail-page.js';
import { useMessages } from './messages/use-messages.js';
import { toLink } from './url/to-link.js';
import { useLeave, useRangeQuery } from './url/usage-url.js';

/** The two hooks of a router that the pages need; those of react-router fit as they are. */
export interface RouterHooks {
  useParams: () => Readonly<Record<string, string | undefined>>;
  useNavigate: () => (path: string) => unknown;
}

/** What the routes hand to the pages. */
export interface UsageRouteOptions extends Pick<
  DashboardPageProps,
  'title' | 'onTopUp' | 'renderTopUp' | 'topUpUrl' | 'guide' | 'signInHref' | 'children'
> {
  /** Path before `/dashboard` and `/projects/…`. @default '/usage' */
  basePath?: string;
}

/** A route as react-router (6.4 and later) takes it. */
export interface UsageRoute {
  path: string;
  Component: ComponentType;
}

/** The way back to the dashboard, in the same range; a click stays in the app, a new tab gets the address. */
function BackLink({
  path,
  navigate,
}: {
  path: string;
  navigate: (path: string) => unknown;
}): ReactElement {
  const query = useRangeQuery();
  const leave = useLeave();
  const onClick = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void navigate(`${path}${leave()}`);
  };
  return (
    <Link href={toLink(`${path}${query}`)} onClick={onClick} underline="hover">
      ← {useMessages().backToDashboard}
    </Link>
  );
}

/**
 * Both pages as routes: `/usage/dashboard` and `/usage/projects/:appDid`.
 *
 * @example createBrowserRouter(usageRoutes({ useParams, useNavigate }))
 */
export function usageRoutes(
  { useParams, useNavigate }: RouterHooks,
  options: UsageRouteOptions = {},
): [dashboard: UsageRoute, project: UsageRoute] {
  const { basePath = '/usage', ...page } = options;
  function DashboardRoute(): ReactElement {
    const navigate = useNavigate();
    const query = useRangeQuery();
    const leave = useLeave();
    return (
      <DashboardPage
        {...page}
        projectHref={`${basePath}/projects/{appDid}${query}`}
        onProjectSelect={(appDid, filters) => {
          const path = `${basePath}/projects/{appDid}${leave()}`;
          void navigate(toProjectHref(path, appDid, filters));
        }}
      />
    );
  }
  function ProjectRoute(): ReactElement {
    const { appDid = '' } = useParams();
    const navigate = useNavigate();
    const back = <BackLink path={`${basePath}/dashboard`} navigate={navigate} />;
    const { signInHref } = page;
    return <ProjectDetailPage appDid={appDid} back={back} {...(signInHref && { signInHref })} />;
  }
  return [
    { path: `${basePath}/dashboard`, Component: DashboardRoute },
    { path: `${basePath}/projects/:appDid`, Component: ProjectRoute },
  ];
}
