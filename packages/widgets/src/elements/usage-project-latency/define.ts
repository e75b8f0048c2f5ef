import { UsageProvider } from '../../context/usage-provider.js';
import { UsageProjectLatency } from './usage-project-latency.js';

UsageProvider.define();
UsageProjectLatency.define();
