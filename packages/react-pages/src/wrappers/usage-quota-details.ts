import { createComponent } from '@lit/react';
import '@usage-kit/widgets/elements/usage-quota-details';
import { UsageQuotaDetails as UsageQuotaDetailsElement } from '@usage-kit/widgets';
import * as React from 'react';
import { usageEvents } from './usage-events.js';

/** The ledger: grants, use, adjustments and expiry, newest first. */
export const UsageQuotaDetails = createComponent({
  react: React,
  tagName: UsageQuotaDetailsElement.tagName,
  elementClass: UsageQuotaDetailsElement,
  events: usageEvents,
  displayName: 'UsageQuotaDetails',
});
