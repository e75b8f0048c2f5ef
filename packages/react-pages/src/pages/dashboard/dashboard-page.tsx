import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useState, type ReactElement, type ReactNode } from 'react';
import { FirstCallGuide, type FirstCallGuideProps } from '../../components/first-call-guide.js';
import { FoldedSection } from '../../components/folded-section.js';
import { PageFrame, WIDE } from '../../components/page-frame.js';
import { PageHeader } from '../../components/page-header.js';
import { RulesSection } from '../../components/rules-section.js';
import { Section } from '../../components/section.js';
import { useIsAbsent } from '../../components/use-is-absent.js';
import { useMessages } from '../../messages/use-messages.js';
import { useElementInUrl } from '../../url/usage-url.js';
import {
  UsageActivity,
  UsageAdvice,
  UsageOverview,
  UsageProjects,
  UsageQuota,
  UsageQuotaDetails,
  UsageTrends,
} from '../../wrappers/index.js';
import { useIsNewUser } from './use-is-new-user.js';

/** A host's top-up dialog, opened by the quota's button. */
export interface TopUpDialog {
  open: boolean;
  onClose: () => void;
}

/** Properties of the dashboard. */
export interface DashboardPageProps {
  /** @default 'Usage', in the provider's language */
  title?: ReactNode;
  /**
   * Opens a project by the host's router. Without it a row follows `projectHref`. `query` has the filters of the calls behind
   * an advice, as the project's page reads them from its address: `model=gpt-4o&status=failed&from=…&to=…`.
   */
  onProjectSelect?: (appDid: string, query?: string) => void;
  /** Where a project's page is, with `{appDid}` in it: makes the names links. */
  projectHref?: string;
  /** Opens the host's own top-up instead of the provider's link; the button is then always there. */
  onTopUp?: () => void;
  /** Renders the host's top-up dialog, e.g. payment-kit's; takes the place of the provider's link, and the button is always there. */
  renderTopUp?: (dialog: TopUpDialog) => ReactNode;
  /** The host's own link in place of the provider's; the button is then always there. */
  topUpUrl?: string;
  /** For a user without any call: code to copy, or whatever the host wants to show. */
  guide?: FirstCallGuideProps | ReactElement;
  /** Where to sign in again. */
  signInHref?: string;
  /** Shown above everything else. */
  children?: ReactNode;
}

const TRENDS_URL_PARAMETERS = {
  metric: 'metric',
  table: 'table',
  group: 'group',
  compare: 'compare',
};
const ACTIVITY_URL_PARAMETERS = { metric: 'hours', table: 'hoursTable' };
const PROJECTS_URL_PARAMETERS = { search: 'search', sort: 'sort', page: 'page' };
const LEDGER_URL_PARAMETERS = { kind: 'kind', page: 'entries' };

/** Taller on a wide page. */
const TREND_STYLE = { [WIDE]: { '--usage-chart-height': '20rem' } };

/** Below each other; on a large screen projects and credit history are side by side. */
const LISTS_STYLE = {
  display: 'grid',
  alignItems: 'start',
  gap: { xs: 2, sm: 3 },
  gridTemplateColumns: 'minmax(0, 1fr)',
  [WIDE]: { gridTemplateColumns: 'minmax(0, 7fr) minmax(0, 5fr)' },
};

/** What a person used: quota, overview, trend, activity, projects, quota details, budgets and alerts, advice. Goes inside a `UsageProvider`. */
export function DashboardPage(props: DashboardPageProps): ReactElement {
  const { title, guide, signInHref, children } = props;
  const messages = useMessages();
  const trends = useElementInUrl(TRENDS_URL_PARAMETERS);
  const ledger = useElementInUrl(LEDGER_URL_PARAMETERS);
  const [isNew, onOverview] = useIsNewUser();
  const showsGuide = isNew && guide !== undefined;
  const header = (
    <PageHeader hasRange={!showsGuide}>
      <Typography component="h1" variant="h5" sx={{ fontWeight: 650 }}>
        {title ?? messages.dashboardTitle}
      </Typography>
    </PageHeader>
  );
  const details = (
    <Section>
      <UsageQuotaDetails {...ledger} />
    </Section>
  );
  return (
    <PageFrame lead="usage-overview" header={header} {...(signInHref && { signInHref })}>
      {children}
      <QuotaSection {...props} />
      {showsGuide ? (
        <>
          <Section>{'code' in guide ? <FirstCallGuide {...guide} /> : guide}</Section>
          {details}
        </>
      ) : (
        <>
          <Section>
            <UsageOverview onUsageLoad={onOverview} />
          </Section>
          <Box sx={TREND_STYLE}>
            <Section>
              <UsageTrends hideRange {...trends} />
            </Section>
          </Box>
          <ActivitySection />
          <Box sx={LISTS_STYLE}>
            <ProjectsSection {...props} />
            <FoldedSection name="ledger" title={messages.ledgerSection}>
              {details}
            </FoldedSection>
          </Box>
          <RulesSection />
          <AdviceSection {...props} />
        </>
      )}
    </PageFrame>
  );
}

function QuotaSection({ onTopUp, renderTopUp, topUpUrl }: DashboardPageProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const hasDialog = onTopUp !== undefined || renderTopUp !== undefined;
  return (
    <Section>
      <UsageQuota
        showAlerts
        topUpDialog={hasDialog}
        {...(topUpUrl && { topUpUrl })}
        onUsageTopUp={(event) => {
          if (!hasDialog) return;
          event.preventDefault();
          onTopUp?.();
          setIsOpen(true);
        }}
      />
      {renderTopUp?.({
        open: isOpen,
        onClose: () => {
          setIsOpen(false);
        },
      })}
    </Section>
  );
}

/** Stays away where the host's server does not have it. */
function ActivitySection(): ReactElement | null {
  const [isAbsent, onUsageError] = useIsAbsent();
  const { activitySection } = useMessages();
  const binding = useElementInUrl(ACTIVITY_URL_PARAMETERS);
  if (isAbsent) return null;
  return (
    <FoldedSection name="activity" title={activitySection}>
      <Section>
        <UsageActivity onUsageError={onUsageError} {...binding} />
      </Section>
    </FoldedSection>
  );
}

function ProjectsSection({ onProjectSelect, projectHref }: DashboardPageProps): ReactElement {
  return (
    <Section>
      <UsageProjects
        {...(projectHref && { projectHref })}
        {...useElementInUrl(PROJECTS_URL_PARAMETERS)}
        onUsageProjectSelect={(event) => {
          if (!onProjectSelect) return;
          event.preventDefault();
          onProjectSelect(event.detail.appDid);
        }}
      />
    </Section>
  );
}

/** Last: what it has to say is the longest or nothing, and moves nothing else. */
function AdviceSection({ onProjectSelect, projectHref }: DashboardPageProps): ReactElement | null {
  const [isAbsent, onUsageError] = useIsAbsent();
  const { adviceSection } = useMessages();
  if (isAbsent) return null;
  return (
    <FoldedSection name="advice" title={adviceSection}>
      <Section>
        <UsageAdvice
          onUsageError={onUsageError}
          {...(projectHref && { projectHref })}
          onUsageEvidenceSelect={(event) => {
            if (!onProjectSelect) return;
            event.preventDefault();
            onProjectSelect(event.detail.appDid, event.detail.query);
          }}
        />
      </Section>
    </FoldedSection>
  );
}
