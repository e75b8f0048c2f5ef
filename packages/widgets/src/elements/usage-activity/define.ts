import { UsageProvider } from '../../context/usage-provider.js';
import { UsageActivity } from './usage-activity.js';

UsageProvider.define();
UsageActivity.define();
