import '@usage-kit/widgets/elements/usage-activity';
import { UsageActivity as UsageActivityElement } from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';
import { viewEvents } from './usage-events.js';

/** When in the week calls were made. */
export const UsageActivity = createUsageComponent({
  elementClass: UsageActivityElement,
  displayName: 'UsageActivity',
  events: viewEvents,
});
