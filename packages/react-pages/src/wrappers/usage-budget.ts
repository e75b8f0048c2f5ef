import '@usage-kit/widgets/elements/usage-budget';
import { UsageBudget as UsageBudgetElement } from '@usage-kit/widgets';
import { createUsageComponent } from './create-usage-component.js';

/** What of budgets is spent, and what will be by the end of the period. */
export const UsageBudget = createUsageComponent({
  elementClass: UsageBudgetElement,
  displayName: 'UsageBudget',
  events: {},
});
