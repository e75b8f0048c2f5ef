import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactElement, ReactNode } from 'react';
import { PageHeader } from '../../components/page-header.js';
import {
  UsageOverview,
  UsageProjects,
  UsageQuota,
  UsageQuotaDetails,
  UsageTrends,
} from '../../wrappers/index.js';

/** Properties of the dashboard. */
export interface DashboardPageProps {
  /** @default 'Usage' */
  title?: ReactNode;
  /** Opens a project by the host's router. Without it a row does nothing but tell `usage-project-select`. */
  onProjectSelect?: (appDid: string) => void;
  /** Opens the host's own top-up dialog instead of the provider's link. */
  onTopUp?: () => void;
  /** Shown above everything else, e.g. a guide for somebody who has never made a call. */
  children?: ReactNode;
}

/** What a person used: quota, overview, trend, projects, quota details. Goes inside a `UsageProvider`. */
export function DashboardPage(props: DashboardPageProps): ReactElement {
  const { title = 'Usage', onProjectSelect, onTopUp, children } = props;
  return (
    <Stack spacing={3}>
      <PageHeader>
        <Typography component="h1" variant="h5">
          {title}
        </Typography>
      </PageHeader>
      {children}
      <UsageQuota
        onUsageTopUp={(event) => {
          if (!onTopUp) return;
          event.preventDefault();
          onTopUp();
        }}
      />
      <UsageOverview />
      <UsageTrends hideRange />
      <UsageProjects
        onUsageProjectSelect={(event) => {
          if (!onProjectSelect) return;
          event.preventDefault();
          onProjectSelect(event.detail.appDid);
        }}
      />
      <UsageQuotaDetails />
    </Stack>
  );
}
