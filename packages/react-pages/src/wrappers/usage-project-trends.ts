import { createComponent } from '@lit/react';
import '@usage-kit/widgets/elements/usage-project-trends';
import { UsageProjectTrends as UsageProjectTrendsElement } from '@usage-kit/widgets';
import * as React from 'react';
import { usageEvents } from './usage-events.js';

/** Calls and durations of a project over time. */
export const UsageProjectTrends = createComponent({
  react: React,
  tagName: UsageProjectTrendsElement.tagName,
  elementClass: UsageProjectTrendsElement,
  events: usageEvents,
  displayName: 'UsageProjectTrends',
});
