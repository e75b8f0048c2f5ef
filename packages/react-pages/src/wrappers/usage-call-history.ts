import '@usage-kit/widgets/elements/usage-call-history';
import { UsageCallHistory as UsageCallHistoryElement } from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';
import { viewEvents } from './usage-events.js';

/** The calls of a project, newest first. */
export const UsageCallHistory = createUsageComponent({
  elementClass: UsageCallHistoryElement,
  displayName: 'UsageCallHistory',
  events: viewEvents,
});
