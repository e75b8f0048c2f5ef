import { Suspense, lazy, type ReactElement, type ReactNode } from 'react';
import { Outlet, type RouteObject } from 'react-router-dom';
import { hubUsageRoutes } from '../src/usage-pages.js';

// What the Hub has of these names; its dialog is that of react-pages' README.
const useLocaleContext = (): { locale: string } => ({ locale: 'zh' });
const UserLayout = ({ children }: { children: ReactNode }): ReactElement => <main>{children}</main>;
const CreditBoardPage = (): ReactElement => <p>the old page</p>;
const TopUpDialog = lazy(() =>
  Promise.resolve({
    default: ({ onClose }: { onClose: () => void }) => (
      <button onClick={onClose}>the dialog</button>
    ),
  }),
);

/** The routes of the Hub's `app.tsx` that are about usage. */
export function makeUsagePages(basename: string): RouteObject {
  const usagePages: RouteObject = {
    element: (
      <UserLayout>
        <Outlet />
      </UserLayout>
    ),
    children: hubUsageRoutes({
      prefix: basename,
      useLocale: () => useLocaleContext().locale,
      renderTopUp: ({ open, onClose }) =>
        open && (
          <Suspense fallback={null}>
            <TopUpDialog onClose={onClose} />
          </Suspense>
        ),
      oldPage: <CreditBoardPage />,
    }),
  };
  return usagePages;
}
