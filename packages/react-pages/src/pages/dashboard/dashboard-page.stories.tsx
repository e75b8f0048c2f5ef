import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogTitle from '@mui/material/DialogTitle';
import { QUOTA_STALE } from '@usage-kit/testing/fixtures/quota';
import { createPageStory, failing } from '../../test-support/page-story.js';
import { DashboardPage } from './dashboard-page.js';

export default { title: 'Pages/Dashboard' };

const page = <DashboardPage projectHref="#{appDid}" signInHref="#sign-in" />;

export const Ready = createPageStory(page);
export const Loading = createPageStory(page, { mode: 'slow' });
export const NewUser = createPageStory(
  <DashboardPage
    guide={{ code: "await usage.calls.record({ model: 'gpt-4o' });", href: '#quick-start' }}
  />,
  { mode: 'empty' },
);
export const Empty = createPageStory(page, { mode: 'empty' });
export const PaymentSystemDown = createPageStory(page, {
  overrides: { getQuota: () => Promise.resolve(QUOTA_STALE) },
});
export const OnePartFailed = createPageStory(page, { overrides: { getTrends: failing } });
export const AllFailed = createPageStory(page, { mode: 'error' });
export const RateLimited = createPageStory(page, { mode: 'rate-limited' });
export const SignedOut = createPageStory(page, { mode: 'signed-out' });
export const Forbidden = createPageStory(page, { mode: 'forbidden' });
export const WithTopUpDialog = createPageStory(
  <DashboardPage
    renderTopUp={({ open, onClose }) => (
      <Dialog open={open} onClose={onClose}>
        <DialogTitle>The host’s own dialog</DialogTitle>
        <DialogActions>
          <Button onClick={onClose}>Close</Button>
        </DialogActions>
      </Dialog>
    )}
  />,
);
