import { UsageProvider } from '../../context/usage-provider.js';
import { UsageOverview } from './usage-overview.js';

UsageProvider.define();
UsageOverview.define();
