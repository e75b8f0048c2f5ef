import { UsageProvider } from '../../context/usage-provider.js';
import { UsageBudget } from './usage-budget.js';

UsageProvider.define();
UsageBudget.define();
