import { lazy, Suspense, type ReactElement } from 'react';
import { DashboardPage } from '@usage-kit/react-pages';

const TopUpDialog = lazy(() => import('./top-up-dialog.js'));

export function Dashboard(): ReactElement {
  return (
    <DashboardPage
      renderTopUp={({ open, onClose }) =>
        open && (
          <Suspense fallback={null}>
            <TopUpDialog onClose={onClose} />
          </Suspense>
        )
      }
    />
  );
}
