import Box from '@mui/material/Box';
import { useRef, type ReactElement, type ReactNode } from 'react';
import { SIDE_BY_SIDE, PageFrame, VERY_WIDE } from '../../components/page-frame.js';
import { PageHeader } from '../../components/page-header.js';
import { RulesSection } from '../../components/rules-section.js';
import { Section } from '../../components/section.js';
import { CallsSection, showCalls, useCallsView } from './calls-section.js';
import { GlanceSection } from './glance-section.js';
import { useElementInUrl } from '../../url/usage-url.js';
import { UsageProjectModels, UsageProjectStats, UsageProjectTrends } from '../../wrappers/index.js';

/** Properties of a project's page. */
export interface ProjectDetailPageProps {
  appDid: string;
  /** A link back to the dashboard, in the host's own words and router. */
  back?: ReactNode;
  /** Where to sign in again. */
  signInHref?: string;
}

/** Trend and models side by side, as tall as each other; on a narrow page below each other. */
const ROW_STYLE = {
  display: 'grid',
  gap: { xs: 2, sm: 3 },
  gridTemplateColumns: 'minmax(0, 1fr)',
  '& > ::part(card)': { height: '100%' },
  '& > usage-project-trends': { '--usage-chart-height': '16rem' },
  [SIDE_BY_SIDE]: {
    gridTemplateColumns: 'minmax(0, 2fr) minmax(18rem, 1fr)',
    // As tall as the models with their legend, which has six lines.
    '& > usage-project-trends': { '--usage-chart-height': '20rem' },
    // By itself the narrower card has a smaller padding: equal paddings put both headings on one line.
    '& > usage-project-models::part(card)': {
      paddingTop: 'var(--usage-padding)',
      paddingInline: 'var(--usage-padding)',
    },
  },
  // Only the trend grows: a wider card of models would have its legend next to the doughnut, and nothing below.
  [VERY_WIDE]: { gridTemplateColumns: 'minmax(0, 1fr) 32rem' },
};

/** The project's name is the heading of the page. */
const STATS_STYLE = {
  '& ::part(title)': {
    fontSize: '1.5rem',
    fontWeight: 650,
    lineHeight: 1.25,
    overflowWrap: 'anywhere',
  },
};

const TRENDS_URL_PARAMETERS = { table: 'table', group: 'group', compare: 'compare' };

/** One project: six figures, trend next to models, durations next to failures, call history, budgets and alerts. Goes inside a `UsageProvider`. */
export function ProjectDetailPage(props: ProjectDetailPageProps): ReactElement {
  // A new page for each project: it must not show the name, the failure or the filters of the previous one.
  return <ProjectPage key={props.appDid} {...props} />;
}

function ProjectPage({ appDid, back, signInHref }: ProjectDetailPageProps): ReactElement {
  const trends = useElementInUrl(TRENDS_URL_PARAMETERS);
  const calls = useCallsView();
  const callsRef = useRef<HTMLElement>(null);
  return (
    <PageFrame
      lead="usage-project-stats"
      header={<PageHeader>{back}</PageHeader>}
      back={back}
      {...(signInHref && { signInHref })}
    >
      <Box sx={STATS_STYLE}>
        <Section>
          <UsageProjectStats appDid={appDid} headingLevel={1} />
        </Section>
      </Box>
      <Box sx={ROW_STYLE}>
        <Section>
          <UsageProjectTrends appDid={appDid} {...trends} />
        </Section>
        <Section>
          <UsageProjectModels appDid={appDid} />
        </Section>
      </Box>
      <GlanceSection
        appDid={appDid}
        onShowCalls={(filters) => {
          showCalls(calls, filters);
          callsRef.current?.scrollIntoView();
        }}
      />
      <Box ref={callsRef}>
        <CallsSection appDid={appDid} view={calls} />
      </Box>
      <RulesSection appDid={appDid} />
    </PageFrame>
  );
}
