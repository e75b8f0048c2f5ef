import { defineMessages } from '../define-messages.js';

/** The call history. */
export const callMessages = /* @__PURE__ */ defineMessages({
  callHistory: 'Calls',
  callTime: 'Time',
  callStatus: 'Status',
  callId: 'ID',
  callType: 'Type',
  callDuration: 'Duration',
  statusSuccess: 'Success',
  statusFailed: 'Failed',
  statusProcessing: 'Running',
  typeChatCompletion: 'Chat',
  typeEmbedding: 'Embedding',
  typeImageGeneration: 'Image',
  typeAudioGeneration: 'Audio',
  typeVideo: 'Video',
  typeCustom: 'Custom',
  slow: 'Slow',
  newCalls: { one: '{count} new call', other: '{count} new calls' },
  manyNewCalls: 'More than {count} new calls',
  callsTotal: { one: '{count} call', other: '{count} calls' },
  /** Of a search that did not look at everything yet. */
  callsSoFar: { one: '{count} call found so far', other: '{count} calls found so far' },
  loadMore: 'Load more',
  loadMoreFailed: 'More calls could not be loaded.',
  callsEmptyTitle: 'No calls in this range',
  callsEmptyText: 'New calls appear here automatically.',
  callsNoMatchTitle: 'No matching calls',
  callsNoMatchText: 'Remove a filter to see more calls.',
  searchCalls: 'Search calls',
  searchCallsHint: 'ID or trace ID',
  /** A minimum. */
  atLeast: '≥ {value}',
  /** A filter that is set. */
  filterIs: '{name}: {value}',
  activeFilters: 'Active filters',
  removeFilter: 'Remove filter {filter}',
  clearFilters: 'Clear filters',
  showDetails: 'Details of call {id}',
  provider: 'Provider',
  traceId: 'Trace ID',
});
