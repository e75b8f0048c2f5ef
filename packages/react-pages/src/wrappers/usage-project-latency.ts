import '@usage-kit/widgets/elements/usage-project-latency';
import { UsageProjectLatency as UsageProjectLatencyElement } from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';
import { viewEvents } from './usage-events.js';

/** How the durations of a project’s calls are distributed. */
export const UsageProjectLatency = createUsageComponent({
  elementClass: UsageProjectLatencyElement,
  displayName: 'UsageProjectLatency',
  events: viewEvents,
});
