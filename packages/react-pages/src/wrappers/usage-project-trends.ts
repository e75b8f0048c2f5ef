import '@usage-kit/widgets/elements/usage-project-trends';
import { UsageProjectTrends as UsageProjectTrendsElement } from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';
import { rangeEvents, viewEvents } from './usage-events.js';

/** Calls and durations of a project over time. */
export const UsageProjectTrends = createUsageComponent({
  elementClass: UsageProjectTrendsElement,
  displayName: 'UsageProjectTrends',
  events: { ...viewEvents, ...rangeEvents },
});
