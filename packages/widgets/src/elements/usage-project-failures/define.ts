import { UsageProvider } from '../../context/usage-provider.js';
import { UsageProjectFailures } from './usage-project-failures.js';

UsageProvider.define();
UsageProjectFailures.define();
