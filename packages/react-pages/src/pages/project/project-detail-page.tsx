import Box from '@mui/material/Box';
import type { ReactElement, ReactNode } from 'react';
import { PageFrame } from '../../components/page-frame.js';
import { PageHeader } from '../../components/page-header.js';
import { Section } from '../../components/section.js';
import { useViewInUrl } from '../../url/usage-url.js';
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
  /** Where to sign in again. */
  signInHref?: string;
}

const callsInUrl = { model: 'model', status: 'status', type: 'type', sort: 'sort', open: 'open' };

/** Trend and models side by side, as tall as each other; on a phone below each other. */
const row = {
  display: 'grid',
  gap: { xs: 2, sm: 3 },
  '& > ::part(card)': { height: '100%' },
  // As tall as the models with their legend, which has six lines.
  '& > usage-project-trends': { '--usage-chart-height': { xs: '16rem', md: '20rem' } },
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 2fr) minmax(18rem, 1fr)' },
};

/** The project's name is the heading of the page. */
const stats = {
  '& ::part(title)': {
    fontSize: '1.5rem',
    fontWeight: 650,
    lineHeight: 1.25,
    overflowWrap: 'anywhere',
  },
};

/** One project: six figures, trend beside models, call history. Goes inside a `UsageProvider`. */
export function ProjectDetailPage(props: ProjectDetailPageProps): ReactElement {
  const { appDid, back, signInHref } = props;
  const calls = useViewInUrl(callsInUrl);
  return (
    // A page of its own for each project: what was wrong with the last one, or its name, must not stand over the next.
    <PageFrame
      key={appDid}
      lead="usage-project-stats"
      header={<PageHeader>{back}</PageHeader>}
      back={back}
      {...(signInHref && { signInHref })}
    >
      <Box sx={stats}>
        <Section>
          <UsageProjectStats appDid={appDid} headingLevel={1} />
        </Section>
      </Box>
      <Box sx={row}>
        <Section>
          <UsageProjectTrends appDid={appDid} />
        </Section>
        <Section>
          <UsageProjectModels appDid={appDid} />
        </Section>
      </Box>
      <Section>
        <UsageCallHistory appDid={appDid} {...calls} />
      </Section>
    </PageFrame>
  );
}
