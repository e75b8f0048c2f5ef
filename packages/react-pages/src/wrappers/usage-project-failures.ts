import type { EventName } from '@lit/react';
import '@usage-kit/widgets/elements/usage-project-failures';
import {
  UsageProjectFailures as UsageProjectFailuresElement,
  type UsageEvidenceSelectEvent,
} from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';
import { viewEvents } from './usage-events.js';

/** Why calls of a project failed. */
export const UsageProjectFailures = createUsageComponent({
  elementClass: UsageProjectFailuresElement,
  displayName: 'UsageProjectFailures',
  events: {
    ...viewEvents,
    onUsageEvidenceSelect: 'usage-evidence-select' as EventName<UsageEvidenceSelectEvent>,
  },
});
