import '@usage-kit/widgets/elements/usage-overview';
import { UsageOverview as UsageOverviewElement } from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';

/** Calls, tokens, credits and success rate of the range. */
export const UsageOverview = createUsageComponent({
  elementClass: UsageOverviewElement,
  displayName: 'UsageOverview',
  events: {},
});
