import { UsageProvider } from './usage-provider.js';

UsageProvider.define();
