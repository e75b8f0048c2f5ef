import '@usage-kit/widgets/elements/usage-project-models';
import { UsageProjectModels as UsageProjectModelsElement } from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';

/** Which models a project called. */
export const UsageProjectModels = createUsageComponent({
  elementClass: UsageProjectModelsElement,
  displayName: 'UsageProjectModels',
  events: {},
});
