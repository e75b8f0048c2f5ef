import { UsageProvider } from '../../context/usage-provider.js';
import { UsageModels } from './usage-models.js';

UsageProvider.define();
UsageModels.define();
