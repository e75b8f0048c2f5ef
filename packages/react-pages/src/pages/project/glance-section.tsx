import Box from '@mui/material/Box';
import type { UsageViewState } from '@usage-kit/widgets';
import type { ReactElement } from 'react';
import { FoldedSection } from '../../components/folded-section.js';
import { SIDE_BY_SIDE } from '../../components/page-frame.js';
import { Section } from '../../components/section.js';
import { useIsAbsent } from '../../components/use-is-absent.js';
import { useMessages } from '../../messages/use-messages.js';
import { useElementInUrl } from '../../url/usage-url.js';
import { UsageProjectFailures, UsageProjectLatency } from '../../wrappers/index.js';

/** Properties of {@link GlanceSection}. */
export interface GlanceSectionProps {
  appDid: string;
  /** Shows the calls that these filters name. */
  onShowCalls: (filters: UsageViewState) => void;
}

/** Side by side where there is room, as tall as each other; one alone has all of it. */
const ROW_STYLE = {
  display: 'grid',
  gap: { xs: 2, sm: 3 },
  gridTemplateColumns: 'minmax(0, 1fr)',
  '& > ::part(card)': { height: '100%' },
  [SIDE_BY_SIDE]: { gridTemplateColumns: 'repeat(auto-fit, minmax(24rem, 1fr))' },
};

const LATENCY_URL_PARAMETERS = { table: 'durations' };

/** Durations and failures of a project; each stays away where the host's server does not have it. */
export function GlanceSection({ appDid, onShowCalls }: GlanceSectionProps): ReactElement | null {
  const [hasNoLatency, onLatencyError] = useIsAbsent();
  const [hasNoFailures, onFailuresError] = useIsAbsent();
  const { glanceSection } = useMessages();
  const latency = useElementInUrl(LATENCY_URL_PARAMETERS);
  if (hasNoLatency && hasNoFailures) return null;
  return (
    <FoldedSection name="glance" title={glanceSection}>
      <Box sx={ROW_STYLE}>
        {!hasNoLatency && (
          <Section>
            <UsageProjectLatency appDid={appDid} onUsageError={onLatencyError} {...latency} />
          </Section>
        )}
        {!hasNoFailures && (
          <Section>
            <UsageProjectFailures
              appDid={appDid}
              onUsageError={onFailuresError}
              onUsageEvidenceSelect={(event) => {
                event.preventDefault();
                const { model } = event.detail.evidence;
                onShowCalls({ status: 'failed', ...(model !== null && { model }) });
              }}
            />
          </Section>
        )}
      </Box>
    </FoldedSection>
  );
}
