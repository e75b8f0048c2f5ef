import { UsageProvider } from '../../context/usage-provider.js';
import { UsageProjects } from './usage-projects.js';

UsageProvider.define();
UsageProjects.define();
