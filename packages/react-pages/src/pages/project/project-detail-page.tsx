import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import { useState, type ReactElement, type ReactNode } from 'react';
import { PageHeader } from '../../components/page-header.js';
import {
  UsageCallHistory,
  UsageProjectModels,
  UsageProjectStats,
  UsageProjectTrends,
} from '../../wrappers/index.js';

/** Properties of a project's page. */
export interface ProjectDetailPageProps {
  appDid: string;
  /** A link back to the dashboard, in the host's own words and router. */
  back?: ReactNode;
}

/** One project: six figures, trend beside models, call history. Goes inside a `UsageProvider`. */
export function ProjectDetailPage({ appDid, back }: ProjectDetailPageProps): ReactElement {
  const [missing, setMissing] = useState(false);
  return (
    <Stack spacing={3}>
      <PageHeader>{back}</PageHeader>
      <UsageProjectStats
        appDid={appDid}
        headingLevel={1}
        onUsageLoad={() => {
          setMissing(false);
        }}
        onUsageError={(event) => {
          setMissing(event.detail.error.code === 'PROJECT_NOT_FOUND');
        }}
      />
      {/* One friendly "no such project" is enough: the others would only repeat it. */}
      {!missing && (
        <>
          <Box
            sx={{
              display: 'grid',
              gap: 3,
              '& > ::part(card)': { height: '100%' },
              gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 2fr) minmax(0, 1fr)' },
            }}
          >
            <UsageProjectTrends appDid={appDid} />
            <UsageProjectModels appDid={appDid} />
          </Box>
          <UsageCallHistory appDid={appDid} />
        </>
      )}
    </Stack>
  );
}
