import { defineMessages } from '../define-messages.js';

/** Charts over time and their tables. */
export const trendMessages = /* @__PURE__ */ defineMessages({
  soFar: 'so far',
  unfinishedBucket: 'Dashed or light: still in progress',
  viewTable: 'View as table',
  viewChart: 'View as chart',
  trends: 'Trend',
  trendMetric: 'Metric',
  trendSummary: '{metric} from {from} to {to}. Highest {max} ({maxAt}), lowest {min} ({minAt}).',
  trendSummaryEmpty: '{metric} from {from} to {to}: no data.',
  trendKeys: 'Use the arrow keys to read each point, Enter to show only its calls.',
  selectPoint: 'Click to show only this period',
  trendEmptyTitle: 'No calls in this range',
  trendEmptyText: 'Choose a longer range to see earlier calls.',
  trendBucket: 'Time',
  callsAndDuration: 'Calls and duration',
  granularityHour: 'By hour',
  granularityDay: 'By day',
  breakdown: 'Breakdown',
  breakdownNone: 'No breakdown',
  breakdownModel: 'By model',
  breakdownProvider: 'By provider',
  breakdownType: 'By type',
  breakdownProject: 'By project',
  compare: 'Compare',
  compareHint: 'Compare with the period before',
});
