import type { EventName } from '@lit/react';
import '@usage-kit/widgets/elements/usage-quota';
import { UsageQuota as UsageQuotaElement, type UsageTopUpEvent } from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';

/** The balance: total, used, remaining, how long it lasts, and the top-up. */
export const UsageQuota = createUsageComponent({
  elementClass: UsageQuotaElement,
  displayName: 'UsageQuota',
  events: { onUsageTopUp: 'usage-top-up' as EventName<UsageTopUpEvent> },
});
