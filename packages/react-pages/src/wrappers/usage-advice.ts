import type { EventName } from '@lit/react';
import '@usage-kit/widgets/elements/usage-advice';
import {
  UsageAdvice as UsageAdviceElement,
  type UsageEvidenceSelectEvent,
} from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';

/** What could be saved, with the arithmetic and the calls behind it. */
export const UsageAdvice = createUsageComponent({
  elementClass: UsageAdviceElement,
  displayName: 'UsageAdvice',
  events: {
    onUsageEvidenceSelect: 'usage-evidence-select' as EventName<UsageEvidenceSelectEvent>,
  },
});
