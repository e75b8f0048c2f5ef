import { UsageProvider } from '../../context/usage-provider.js';
import { UsageQuota } from './usage-quota.js';

UsageProvider.define();
UsageQuota.define();
