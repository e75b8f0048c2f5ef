import '@usage-kit/widgets/elements/usage-trends';
import { UsageTrends as UsageTrendsElement } from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';
import { rangeEvents, viewEvents } from './usage-events.js';

/** A figure over time. */
export const UsageTrends = createUsageComponent({
  elementClass: UsageTrendsElement,
  displayName: 'UsageTrends',
  events: { ...viewEvents, ...rangeEvents },
});
