import { UsageProvider } from '../../context/usage-provider.js';
import { UsageProjectStats } from './usage-project-stats.js';

UsageProvider.define();
UsageProjectStats.define();
