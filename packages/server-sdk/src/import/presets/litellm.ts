import { REPORTED_USD, definePreset } from './preset.js';

const USAGE = ['metadata.additional_usage_values', 'metadata.usage_object'];
/** A path within each of the places where LiteLLM has kept usage. */
const inUsage = (path: string): string[] => USAGE.map((place) => `${place}.${path}`);

/**
 * The table `LiteLLM_SpendLogs` as CSV or JSON. Its prompt tokens include those of the cache, whatever the provider. What users
 * may see is kept of its metadata; the rest is about keys and prices of the host.
 */
export const LITELLM = definePreset('spend logs of LiteLLM', {
  columns: {
    id: ['request_id'],
    traceId: ['session_id'],
    userDid: ['user', 'end_user', 'metadata.user_api_key_user_id'],
    appDid: ['metadata.project_id', 'team_id'],
    model: ['model', 'model_group'],
    provider: ['custom_llm_provider'],
    type: ['call_type'],
    status: ['status', 'metadata.status'],
    startedAt: ['startTime'],
    durationMs: ['request_duration_ms', { from: 'startTime', to: 'endTime' }],
    // Without a stream LiteLLM repeats the end here.
    ttfbMs: [{ from: 'startTime', to: 'completionStartTime', before: 'endTime' }],
    inputTokens: ['prompt_tokens'],
    outputTokens: ['completion_tokens'],
    totalTokens: ['total_tokens'],
    cachedInputTokens: [
      ...inUsage('prompt_tokens_details.cached_tokens'),
      ...inUsage('cache_read_input_tokens'),
    ],
    cacheWriteTokens: [
      ...inUsage('prompt_tokens_details.cache_creation_tokens'),
      ...inUsage('cache_creation_input_tokens'),
    ],
    reasoningTokens: inUsage('completion_tokens_details.reasoning_tokens'),
    cost: ['spend'],
    errorReason: [
      'metadata.error_information.error_message',
      'metadata.error_information.error_class',
    ],
    metadata: ['metadata.spend_logs_metadata', 'metadata.requester_metadata'],
  },
  constants: REPORTED_USD,
  defaults: { status: 'success' },
  values: {
    status: { success: 'success', '*': 'failed' },
    type: {
      embedding: 'embedding',
      aembedding: 'embedding',
      image_generation: 'imageGeneration',
      aimage_generation: 'imageGeneration',
      image_edit: 'imageGeneration',
      aimage_edit: 'imageGeneration',
      speech: 'audioGeneration',
      aspeech: 'audioGeneration',
      create_video: 'video',
      acreate_video: 'video',
      transcription: 'custom',
      atranscription: 'custom',
      rerank: 'custom',
      arerank: 'custom',
      moderation: 'custom',
      amoderation: 'custom',
      '*': 'chatCompletion',
    },
  },
});
