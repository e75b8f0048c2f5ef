import { UsageProvider } from '../../context/usage-provider.js';
import { UsageCallHistory } from './usage-call-history.js';

UsageProvider.define();
UsageCallHistory.define();
