import { UsageProvider } from '../../context/usage-provider.js';
import { UsageTrends } from './usage-trends.js';

UsageProvider.define();
UsageTrends.define();
