import '@usage-kit/widgets/elements/usage-project-stats';
import { UsageProjectStats as UsageProjectStatsElement } from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';

/** Six figures of a project. */
export const UsageProjectStats = createUsageComponent({
  elementClass: UsageProjectStatsElement,
  displayName: 'UsageProjectStats',
  events: {},
});
