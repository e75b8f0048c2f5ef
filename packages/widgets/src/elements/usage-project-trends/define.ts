import { UsageProvider } from '../../context/usage-provider.js';
import { UsageProjectTrends } from './usage-project-trends.js';

UsageProvider.define();
UsageProjectTrends.define();
