import { DashboardPage, ProjectDetailPage, UsageProvider } from '@usage-kit/react-pages';

export function Usage({ appDid }: { appDid: string | null }) {
  return (
    <UsageProvider baseUrl="/api/usage">
      {appDid ? <ProjectDetailPage appDid={appDid} /> : <DashboardPage />}
    </UsageProvider>
  );
}
