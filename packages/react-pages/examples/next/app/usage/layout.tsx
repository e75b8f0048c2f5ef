import { Suspense, type ReactNode } from 'react';
import { UsageLayout } from './usage-app';

export default function Layout({ children }: { children: ReactNode }) {
  // Next renders at build time, when there is no query yet.
  return (
    <Suspense>
      <UsageLayout>{children}</UsageLayout>
    </Suspense>
  );
}
