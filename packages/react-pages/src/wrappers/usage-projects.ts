import type { EventName } from '@lit/react';
import '@usage-kit/widgets/elements/usage-projects';
import {
  UsageProjects as UsageProjectsElement,
  type UsageProjectSelectEvent,
} from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';
import { viewEvents } from './usage-events.js';

/** The projects with their figures, to search, sort and open. */
export const UsageProjects = createUsageComponent({
  elementClass: UsageProjectsElement,
  displayName: 'UsageProjects',
  events: {
    ...viewEvents,
    onUsageProjectSelect: 'usage-project-select' as EventName<UsageProjectSelectEvent>,
  },
});
