import { createComponent, type EventName } from '@lit/react';
import '@usage-kit/widgets/elements/usage-projects';
import {
  UsageProjects as UsageProjectsElement,
  type UsageProjectSelectEvent,
} from '@usage-kit/widgets';
import * as React from 'react';
import { usageEvents } from './usage-events.js';

/** The projects with their figures, to search, sort and open. */
export const UsageProjects = createComponent({
  react: React,
  tagName: UsageProjectsElement.tagName,
  elementClass: UsageProjectsElement,
  events: {
    ...usageEvents,
    onUsageProjectSelect: 'usage-project-select' as EventName<UsageProjectSelectEvent>,
  },
  displayName: 'UsageProjects',
});
