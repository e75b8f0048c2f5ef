import { UsageProvider } from '../../context/usage-provider.js';
import { UsageProjectModels } from './usage-project-models.js';

UsageProvider.define();
UsageProjectModels.define();
