import '@usage-kit/widgets/elements/usage-quota-details';
import { UsageQuotaDetails as UsageQuotaDetailsElement } from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';
import { viewEvents } from './usage-events.js';

/** The ledger: grants, use, adjustments and expiry, newest first. */
export const UsageQuotaDetails = createUsageComponent({
  elementClass: UsageQuotaDetailsElement,
  displayName: 'UsageQuotaDetails',
  events: viewEvents,
});
