import '@usage-kit/widgets/elements/usage-alerts';
import { UsageAlerts as UsageAlertsElement } from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';

/** Alert rules, their state and history, with an editor. */
export const UsageAlerts = createUsageComponent({
  elementClass: UsageAlertsElement,
  displayName: 'UsageAlerts',
  events: {},
});
