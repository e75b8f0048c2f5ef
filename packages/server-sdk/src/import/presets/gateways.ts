import { REPORTED_USD, definePreset, inUnit } from './preset.js';

/** Names of a generation in the APIs of OpenRouter and of Vercel's gateway, which has taken them over. */
const generation = (name: string): string[] => [name, `data.${name}`];
/** How a generation ended. One that was cancelled has a reason where the model had answered. */
const FINISHES = { error: 'failed', true: 'failed', '*': 'success' };

/** The activity export of OpenRouter, one row for each generation, or answers of its API `/generation`. */
export const OPENROUTER = definePreset('an activity export of OpenRouter', {
  columns: {
    id: ['generation_id', ...generation('id')],
    userDid: ['user', 'external_user', 'data.external_user'],
    appDid: ['app_name'],
    model: ['model_permaslug', ...generation('model')],
    provider: generation('provider_name'),
    status: [
      'finish_reason_normalized',
      ...generation('finish_reason'),
      ...generation('cancelled'),
    ],
    startedAt: generation('created_at'),
    durationMs: ['generation_time_ms', ...generation('generation_time')],
    ttfbMs: ['time_to_first_token_ms', ...generation('latency')],
    inputTokens: [...generation('native_tokens_prompt'), 'tokens_prompt'],
    outputTokens: [...generation('native_tokens_completion'), 'tokens_completion'],
    cachedInputTokens: [...generation('native_tokens_cached'), 'tokens_cached'],
    reasoningTokens: [...generation('native_tokens_reasoning'), 'tokens_reasoning'],
    cost: ['cost_total', ...generation('total_cost')],
  },
  constants: REPORTED_USD,
  defaults: { status: 'success' },
  values: { status: FINISHES },
});

/** Answers of the API `/generation` of Vercel's AI Gateway. */
export const VERCEL = definePreset('generations of the Vercel AI Gateway', {
  columns: {
    id: generation('id'),
    model: generation('model'),
    provider: generation('provider_name'),
    status: generation('finish_reason'),
    startedAt: generation('created_at'),
    durationMs: generation('generation_time'),
    ttfbMs: generation('latency'),
    inputTokens: [...generation('native_tokens_prompt'), ...generation('tokens_prompt')],
    outputTokens: [...generation('native_tokens_completion'), ...generation('tokens_completion')],
    cachedInputTokens: generation('native_tokens_cached'),
    reasoningTokens: generation('native_tokens_reasoning'),
    cost: generation('total_cost'),
  },
  constants: REPORTED_USD,
  defaults: { status: 'success' },
  values: { status: FINISHES },
});

/** The table `logs` of New API. 500,000 units of its quota are one dollar. */
export const NEW_API = definePreset('the logs of New API', {
  // Top-ups, refunds and tasks are entries of the account; an error is an attempt, which may have been repeated.
  only: { path: 'type', is: [2] },
  columns: {
    id: ['request_id', 'id'],
    userDid: ['username', 'user_id'],
    appDid: ['token_name'],
    model: ['model_name'],
    startedAt: inUnit('s', 'created_at'),
    durationMs: inUnit('s', 'use_time'),
    ttfbMs: ['other.frt'],
    inputTokens: [
      {
        // As Anthropic counts: without those of the cache.
        sum: ['prompt_tokens', 'other.cache_tokens', 'other.cache_creation_tokens'],
        when: { path: 'other.claude', is: [true] },
      },
      'prompt_tokens',
    ],
    outputTokens: ['completion_tokens'],
    cachedInputTokens: ['other.cache_tokens'],
    cacheWriteTokens: ['other.cache_creation_tokens'],
    cost: [{ path: 'quota', per: 500_000 }],
    metadata: ['other'],
  },
  constants: { ...REPORTED_USD, status: 'success' },
  // Without a stream there is no first byte.
  values: { ttfbMs: { '-1000': null } },
});

/** The log export of Portkey, whose costs are in cents. */
export const PORTKEY = definePreset('a log export of Portkey', {
  columns: {
    id: ['id'],
    traceId: ['trace_id'],
    userDid: ['metadata._user'],
    model: ['ai_model'],
    provider: ['ai_org'],
    status: ['is_success', 'response_status_code'],
    startedAt: ['created_at'],
    durationMs: ['response_time'],
    inputTokens: ['req_units'],
    outputTokens: ['res_units'],
    totalTokens: ['total_units'],
    cost: [{ path: 'cost', per: 100 }],
    currency: ['cost_currency'],
    metadata: ['metadata'],
  },
  constants: { costSource: 'reported' },
  defaults: { currency: 'USD' },
  values: {
    status: { '1': 'success', true: 'success', TRUE: 'success', '2xx': 'success', '*': 'failed' },
  },
});
