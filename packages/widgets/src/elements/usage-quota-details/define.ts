import { UsageProvider } from '../../context/usage-provider.js';
import { UsageQuotaDetails } from './usage-quota-details.js';

UsageProvider.define();
UsageQuotaDetails.define();
