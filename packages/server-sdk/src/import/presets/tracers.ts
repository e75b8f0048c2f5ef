import { REPORTED_USD, definePreset, inUnit } from './preset.js';

/** Output tokens of Langfuse, whose parts do not overlap. */
const OUTPUT = ['output', 'output_reasoning_tokens'];
const INPUT = [
  'input',
  'input_cached_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
];
/** Paths into the usage of an observation, in exports and in the API. */
const inUsage = (name: string): string[] => [`usage_details.${name}`, `usageDetails.${name}`];
const sumOf = (names: readonly string[]): { sum: string[][] } => ({ sum: names.map(inUsage) });

/**
 * Observations of Langfuse, from its exports or its API. Input tokens are what the total has besides output: senders
 * disagree on whether `input` has those of the cache.
 */
export const LANGFUSE = definePreset('observations of Langfuse', {
  only: { path: 'type', is: ['GENERATION', 'EMBEDDING'] },
  columns: {
    id: ['id'],
    traceId: ['trace_id', 'traceId'],
    userDid: ['user_id', 'userId'],
    appDid: ['project_id', 'projectId'],
    model: ['provided_model_name', 'providedModelName', 'model'],
    type: ['type'],
    status: ['level'],
    startedAt: ['start_time', 'startTime'],
    durationMs: [
      { from: 'start_time', to: 'end_time' },
      { from: 'startTime', to: 'endTime' },
      ...inUnit('s', 'latency'),
    ],
    ttfbMs: [
      ...inUnit('s', 'time_to_first_token', 'timeToFirstToken'),
      { from: 'start_time', to: 'completion_start_time' },
    ],
    inputTokens: [
      { sum: inUsage('total'), minus: OUTPUT.map(inUsage) },
      sumOf(INPUT),
      'usage.input',
    ],
    outputTokens: [sumOf(OUTPUT), 'usage.output'],
    totalTokens: [...inUsage('total'), 'usage.total'],
    cachedInputTokens: [...inUsage('input_cached_tokens'), ...inUsage('cache_read_input_tokens')],
    cacheWriteTokens: inUsage('cache_creation_input_tokens'),
    reasoningTokens: inUsage('output_reasoning_tokens'),
    cost: ['total_cost', 'totalCost', 'calculatedTotalCost'],
    errorReason: ['status_message', 'statusMessage'],
    metadata: ['metadata'],
  },
  constants: REPORTED_USD,
  defaults: { status: 'success' },
  values: {
    type: { EMBEDDING: 'embedding', '*': 'chatCompletion' },
    status: { ERROR: 'failed', '*': 'success' },
  },
});

/** The request export of Helicone. */
export const HELICONE = definePreset('a request export of Helicone', {
  columns: {
    id: ['request_id', 'response_id'],
    userDid: ['request_user_id'],
    model: ['model', 'response_model', 'request_model'],
    provider: ['provider'],
    status: ['response_status'],
    startedAt: ['request_created_at'],
    durationMs: ['latency', { from: 'request_created_at', to: 'response_created_at' }],
    ttfbMs: ['time_to_first_token'],
    inputTokens: ['prompt_tokens'],
    outputTokens: ['completion_tokens'],
    cost: ['cost', 'cost_usd'],
    metadata: ['request_properties'],
  },
  constants: REPORTED_USD,
  values: { status: { '2xx': 'success', '*': 'failed' } },
});
