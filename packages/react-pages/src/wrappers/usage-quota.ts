import { createComponent, type EventName } from '@lit/react';
import '@usage-kit/widgets/elements/usage-quota';
import { UsageQuota as UsageQuotaElement, type UsageTopUpEvent } from '@usage-kit/widgets';
import * as React from 'react';
import { usageEvents } from './usage-events.js';

/** The balance: total, used, remaining, how long it lasts, and the top-up. */
export const UsageQuota = createComponent({
  react: React,
  tagName: UsageQuotaElement.tagName,
  elementClass: UsageQuotaElement,
  events: {
    ...usageEvents,
    onUsageTopUp: 'usage-top-up' as EventName<UsageTopUpEvent>,
  },
  displayName: 'UsageQuota',
});
