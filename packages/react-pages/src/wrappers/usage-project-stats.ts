import { createComponent } from '@lit/react';
import '@usage-kit/widgets/elements/usage-project-stats';
import { UsageProjectStats as UsageProjectStatsElement } from '@usage-kit/widgets';
import * as React from 'react';
import { usageEvents } from './usage-events.js';

/** Six figures of a project. */
export const UsageProjectStats = createComponent({
  react: React,
  tagName: UsageProjectStatsElement.tagName,
  elementClass: UsageProjectStatsElement,
  events: usageEvents,
  displayName: 'UsageProjectStats',
});
