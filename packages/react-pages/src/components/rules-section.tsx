import Box from '@mui/material/Box';
import type { ReactElement } from 'react';
import { useMessages } from '../messages/use-messages.js';
import { UsageAlerts, UsageBudget } from '../wrappers/index.js';
import { FoldedSection } from './folded-section.js';
import { SIDE_BY_SIDE } from './page-frame.js';
import { Section } from './section.js';
import { useIsAbsent } from './use-is-absent.js';

/** Properties of {@link RulesSection}. */
export interface RulesSectionProps {
  /** The project that rules are of; left out: all of the person. */
  appDid?: string;
}

/** Side by side where there is room; one alone has all of it. */
const ROW_STYLE = {
  display: 'grid',
  alignItems: 'start',
  gap: { xs: 2, sm: 3 },
  gridTemplateColumns: 'minmax(0, 1fr)',
  [SIDE_BY_SIDE]: { gridTemplateColumns: 'repeat(auto-fit, minmax(24rem, 1fr))' },
};

/** Budgets and alerts; each stays away where the host's server has none, or not for this person. */
export function RulesSection({ appDid = '' }: RulesSectionProps): ReactElement | null {
  const [hasNoBudgets, onBudgetError] = useIsAbsent();
  const [hasNoAlerts, onAlertError] = useIsAbsent();
  const { rulesSection } = useMessages();
  if (hasNoBudgets && hasNoAlerts) return null;
  return (
    <FoldedSection name="rules" title={rulesSection}>
      <Box sx={ROW_STYLE}>
        {!hasNoBudgets && (
          <Section>
            <UsageBudget appDid={appDid} onUsageError={onBudgetError} />
          </Section>
        )}
        {!hasNoAlerts && (
          <Section>
            <UsageAlerts appDid={appDid} onUsageError={onAlertError} />
          </Section>
        )}
      </Box>
    </FoldedSection>
  );
}
