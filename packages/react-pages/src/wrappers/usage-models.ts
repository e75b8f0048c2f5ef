import '@usage-kit/widgets/elements/usage-models';
import { UsageModels as UsageModelsElement } from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';
import { viewEvents } from './usage-events.js';

/** Which models the calls of all projects went to. */
export const UsageModels = createUsageComponent({
  elementClass: UsageModelsElement,
  displayName: 'UsageModels',
  events: viewEvents,
});
