import type { ComponentType, ReactElement } from 'react';
import { DashboardPage } from './pages/dashboard/dashboard-page.js';
import { ProjectDetailPage } from './pages/project/project-detail-page.js';

/** The two hooks of a router that the pages need; those of react-router fit as they are. */
export interface RouterHooks {
  useParams: () => Readonly<Record<string, string | undefined>>;
  useNavigate: () => (path: string) => unknown;
}

/** A route as react-router (6.4 and later) takes it. */
export interface UsageRoute {
  path: string;
  Component: ComponentType;
}

/**
 * Both pages as routes: `/usage/dashboard` and `/usage/projects/:appDid`.
 *
 * @example createBrowserRouter(usageRoutes({ useParams, useNavigate }))
 */
export function usageRoutes({ useParams, useNavigate }: RouterHooks): UsageRoute[] {
  function DashboardRoute(): ReactElement {
    const navigate = useNavigate();
    const open = (appDid: string) => {
      void navigate(`/usage/projects/${encodeURIComponent(appDid)}`);
    };
    return <DashboardPage onProjectSelect={open} />;
  }
  function ProjectRoute(): ReactElement {
    const { appDid = '' } = useParams();
    // A key of its own: the name of the last project must not stand over the next one.
    return <ProjectDetailPage key={appDid} appDid={appDid} />;
  }
  return [
    { path: '/usage/dashboard', Component: DashboardRoute },
    { path: '/usage/projects/:appDid', Component: ProjectRoute },
  ];
}
