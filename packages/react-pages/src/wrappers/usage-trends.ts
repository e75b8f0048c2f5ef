import { createComponent } from '@lit/react';
import '@usage-kit/widgets/elements/usage-trends';
import { UsageTrends as UsageTrendsElement } from '@usage-kit/widgets';
import * as React from 'react';
import { usageEvents } from './usage-events.js';

/** A figure over time. */
export const UsageTrends = createComponent({
  react: React,
  tagName: UsageTrendsElement.tagName,
  elementClass: UsageTrendsElement,
  events: usageEvents,
  displayName: 'UsageTrends',
});
