'use client';

import { usageRoutes, UsageProvider, type UsageUrl } from '@usage-kit/react-pages';
import { useParams, useRouter, useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';

export function UsageLayout({ children }: { children: ReactNode }) {
  const search = useSearchParams();
  const router = useRouter();
  const url: UsageUrl = {
    params: new URLSearchParams(search),
    setParams: (next, { replace } = {}) => {
      router[replace ? 'replace' : 'push'](`?${next}`, { scroll: false });
    },
  };
  return (
    <UsageProvider baseUrl="/api/usage" url={url}>
      {children}
    </UsageProvider>
  );
}

const [dashboard, project] = usageRoutes({
  // Next gives the text of the address, still encoded.
  useParams: () => ({ appDid: decodeURIComponent(String(useParams().appDid)) }),
  useNavigate: () => {
    const router = useRouter();
    return (path) => {
      router.push(path);
    };
  },
});

export const Dashboard = dashboard.Component;
export const Project = project.Component;
