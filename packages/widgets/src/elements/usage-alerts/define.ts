import { UsageProvider } from '../../context/usage-provider.js';
import { UsageAlerts } from './usage-alerts.js';

UsageProvider.define();
UsageAlerts.define();
