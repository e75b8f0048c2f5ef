import { UsageProvider } from '../../context/usage-provider.js';
import { UsageAdvice } from './usage-advice.js';

UsageProvider.define();
UsageAdvice.define();
