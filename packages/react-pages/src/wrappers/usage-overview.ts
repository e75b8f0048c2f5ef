import { createComponent } from '@lit/react';
import '@usage-kit/widgets/elements/usage-overview';
import { UsageOverview as UsageOverviewElement } from '@usage-kit/widgets';
import * as React from 'react';
import { usageEvents } from './usage-events.js';

/** Calls, tokens, credits and success rate of the range. */
export const UsageOverview = createComponent({
  react: React,
  tagName: UsageOverviewElement.tagName,
  elementClass: UsageOverviewElement,
  events: usageEvents,
  displayName: 'UsageOverview',
});
