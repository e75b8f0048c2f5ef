import { UsageProvider } from '../../context/usage-provider.js';
import { UsageRangePicker } from './usage-range-picker.js';

UsageProvider.define();
UsageRangePicker.define();
