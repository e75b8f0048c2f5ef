import {
  createBodyMeter,
  readFields,
  readIdentity,
  toNumberOrNull,
  type CallUsage,
  type Fields,
  type Meter,
  type Metered,
} from '../clients/meter.js';
import { toReason } from '../exchange/error-text.js';

/** Reads the usage of a language model (specification 3 and later): totals include the cache and reasoning. */
function readTokens(usage: Fields): CallUsage {
  const input = readFields(usage['inputTokens']);
  const output = readFields(usage['outputTokens']);
  return {
    inputTokens: toNumberOrNull(input['total']),
    outputTokens: toNumberOrNull(output['total']),
    cachedInputTokens: toNumberOrNull(input['cacheRead']),
    cacheWriteTokens: toNumberOrNull(input['cacheWrite']),
    reasoningTokens: toNumberOrNull(output['reasoning']),
  };
}

/** Reads a whole result, or the last part of a stream: both have the same members. */
function readFinish(finish: Fields, before: Metered): Metered {
  const usage = readFields(finish['usage']);
  const raw = readFields(usage['raw']);
  const byProvider = Object.values(readFields(finish['providerMetadata']));
  const tiers = byProvider.map((metadata) => readFields(metadata)['serviceTier']);
  const isFailed = readFields(finish['finishReason'])['unified'] === 'error';
  return {
    ...(isFailed && { failure: 'The model ended with an error' }),
    ...before,
    ...readIdentity(readFields(finish['response'])['id'], tiers.find(Boolean)),
    usage: readTokens(usage),
    reported: Object.keys(raw).length > 0 ? raw : usage,
  };
}

/** Calls of language models. */
export const LANGUAGE_METER: Meter = {
  type: 'chatCompletion',
  readBody: (result) => readFinish(result, {}),
  // Providers send it when the request is on its way.
  isPreamble: ({ type }) => type === 'stream-start',
  readEvent: (part, before) => {
    if (part['type'] === 'error') return { ...before, failure: toReason(part['error']) };
    if (part['type'] === 'finish') return readFinish(part, before);
    if (part['type'] !== 'response-metadata') return before;
    return { ...before, ...readIdentity(part['id'], undefined) };
  },
};

/** Calls of embedding models. */
export const EMBEDDING_METER = createBodyMeter('embedding', (result) => {
  const inputTokens = toNumberOrNull(readFields(result['usage'])['tokens']);
  return inputTokens === null ? {} : { usage: { inputTokens } };
});
