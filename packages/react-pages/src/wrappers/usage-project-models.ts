import '@usage-kit/widgets/elements/usage-project-models';
import { UsageProjectModels as UsageProjectModelsElement } from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';
import { viewEvents } from './usage-events.js';

/** Which models a project called. */
export const UsageProjectModels = createUsageComponent({
  elementClass: UsageProjectModelsElement,
  displayName: 'UsageProjectModels',
  events: viewEvents,
});
