import type { ModelCallInput } from '../../contract/call-input.js';
import type { CallType } from '../../contract/common.js';
import { readFields, toNumberOrNull, type CallUsage, type Fields } from '../clients/meter.js';
import { toCallId } from '../clients/recorded-responses.js';

/** Types of calls by the beginning of LiteLLM's `call_type`, without the `a` of asynchronous ones. */
const TYPES: readonly (readonly [RegExp, CallType])[] = [
  [/^a?embedding/, 'embedding'],
  [/^a?image/, 'imageGeneration'],
  [/^a?speech/, 'audioGeneration'],
  [/^a?(create_)?video/, 'video'],
  [/^a?(transcription|rerank|moderation|ocr)/, 'custom'],
];

/**
 * Reads a `StandardLoggingPayload` of LiteLLM. Its prompt tokens include those of the cache, whatever the provider.
 *
 * @returns the call without its user
 */
export function readLiteLLMCall(payload: Fields): Omit<ModelCallInput, 'userDid'> {
  const { startTime, endTime, completionStartTime, model, custom_llm_provider, trace_id } = payload;
  const [start, end, first] = [startTime, endTime, completionStartTime].map(toNumberOrNull);
  const isFailed = payload['status'] !== 'success';
  const usage = readFields(
    readFields(payload['metadata'])['usage_object'] ?? readFields(payload['response'])['usage'],
  );
  return {
    ...readId(payload),
    traceId: toText(trace_id),
    model: toText(model) ?? 'unknown',
    provider: toText(custom_llm_provider),
    type: TYPES.find(([name]) => name.test(String(payload['call_type'])))?.[1] ?? 'chatCompletion',
    status: isFailed ? 'failed' : 'success',
    startedAt: start === null || start === undefined ? Number.NaN : Math.floor(start * 1000),
    durationMs: toElapsedMs(start, end),
    // Without a stream LiteLLM repeats the end here.
    ttfbMs: first === end ? null : toElapsedMs(start, first),
    usage: readUsage(payload, usage),
    ...readCost(payload),
    errorReason: isFailed ? readReason(payload) : null,
    metadata: Object.keys(usage).length === 0 ? null : { usage },
  };
}

/** The id of the response; LiteLLM's own of the call where there was no response. */
function readId({ id, call_id }: Fields): Pick<ModelCallInput, 'id'> {
  const callId = toCallId(id) ?? toCallId(call_id);
  return callId === undefined ? {} : { id: callId };
}

function toElapsedMs(
  startSeconds: number | null | undefined,
  endSeconds: number | null | undefined,
): number | null {
  if (typeof startSeconds !== 'number' || typeof endSeconds !== 'number') return null;
  return Math.max(0, (endSeconds - startSeconds) * 1000);
}

function readUsage(payload: Fields, usage: Fields): CallUsage {
  const input = readFields(usage['prompt_tokens_details']);
  const output = readFields(usage['completion_tokens_details']);
  const read = (fields: Fields, name: string): number | null => toNumberOrNull(fields[name]);
  return {
    inputTokens: read(payload, 'prompt_tokens'),
    outputTokens: read(payload, 'completion_tokens'),
    totalTokens: read(payload, 'total_tokens'),
    cachedInputTokens: read(input, 'cached_tokens') ?? read(usage, 'cache_read_input_tokens'),
    cacheWriteTokens:
      read(input, 'cache_creation_tokens') ?? read(usage, 'cache_creation_input_tokens'),
    reasoningTokens: read(output, 'reasoning_tokens'),
  };
}

/** LiteLLM's price in USD. A model that it has no price of has 0 and a note why. */
function readCost(payload: Fields): Pick<ModelCallInput, 'cost' | 'currency' | 'costSource'> {
  const cost = toNumberOrNull(payload['response_cost']);
  const isUnknown = Object.keys(readFields(payload['response_cost_failure_debug_info'])).length > 0;
  return cost === null || isUnknown ? {} : { cost, currency: 'USD', costSource: 'reported' };
}

function readReason(payload: Fields): string {
  const { error_message } = readFields(payload['error_information']);
  return (
    toText(payload['error_str']) ?? toText(error_message) ?? 'The call failed without saying why'
  );
}

const toText = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
