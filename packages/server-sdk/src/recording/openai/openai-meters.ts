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

/**
 * Reads tokens by the names of the chat or of the responses API; `null` when there are none. Input tokens include cached
 * ones, and output tokens include those of reasoning.
 */
function readTokens(value: unknown): CallUsage | null {
  const usage = readFields(value);
  const read = (chatName: string, responsesName: string): number | null =>
    toNumberOrNull(usage[chatName]) ?? toNumberOrNull(usage[responsesName]);
  const inputTokens = read('prompt_tokens', 'input_tokens');
  const outputTokens = read('completion_tokens', 'output_tokens');
  const totalTokens = toNumberOrNull(usage['total_tokens']);
  if (inputTokens === null && outputTokens === null && totalTokens === null) return null;
  const input = readFields(usage['prompt_tokens_details'] ?? usage['input_tokens_details']);
  const output = readFields(usage['completion_tokens_details'] ?? usage['output_tokens_details']);
  return {
    inputTokens,
    outputTokens,
    totalTokens,
    cachedInputTokens: toNumberOrNull(input['cached_tokens']),
    cacheWriteTokens: toNumberOrNull(input['cache_write_tokens']),
    reasoningTokens: toNumberOrNull(output['reasoning_tokens']),
  };
}

/**
 * Reads the charge that OpenRouter names, in USD. With a key of the host's at the provider behind it (`is_byok`) that is only
 * OpenRouter's fee, so that the cost of the call is not known.
 */
function readCost(usage: Fields): Pick<Metered, 'costUsd'> {
  const costUsd = toNumberOrNull(usage['cost']);
  return costUsd === null || usage['is_byok'] === true ? {} : { costUsd };
}

function withTokens(value: unknown, before: Metered = {}): Metered {
  const usage = readTokens(value);
  if (usage === null) return before;
  const reported = readFields(value);
  return { ...before, usage, reported, ...readCost(reported) };
}

const withIdentity = ({ id, service_tier }: Fields): Metered => readIdentity(id, service_tier);

const chat: Meter = {
  type: 'chatCompletion',
  requestUsage: (body) =>
    body['stream'] === true && readFields(body['stream_options'])['include_usage'] === undefined
      ? { ...body, stream_options: { ...readFields(body['stream_options']), include_usage: true } }
      : body,
  readBody: (body) => withTokens(body['usage'], withIdentity(body)),
  readEvent: (event, before) => withTokens(event['usage'], { ...before, ...withIdentity(event) }),
  isExtra: ({ choices, usage }) =>
    Array.isArray(choices) && choices.length === 0 && readTokens(usage) !== null,
};

function readResponse(value: unknown): Metered {
  const response = readFields(value);
  const metered = withTokens(response['usage'], withIdentity(response));
  if (response['status'] !== 'failed') return metered;
  const { message } = readFields(response['error']);
  return { ...metered, failure: typeof message === 'string' ? message : 'The response failed' };
}

const responses: Meter = {
  type: 'chatCompletion',
  readBody: readResponse,
  readEvent: (event, before) => {
    const { type, message } = event;
    if (type === 'error') {
      return { ...before, failure: typeof message === 'string' ? message : 'The response failed' };
    }
    const isEnd = /^response\.(completed|incomplete|failed)$/.test(String(type));
    if (isEnd) return { ...before, ...readResponse(event['response']) };
    return { ...before, ...withIdentity(readFields(event['response'])) };
  },
};

const embeddings = createBodyMeter('embedding', (body) => withTokens(body['usage']));

const images: Meter = {
  type: 'imageGeneration',
  readBody: ({ data }) => (Array.isArray(data) ? { usage: { units: data.length } } : {}),
  readEvent: ({ type }, before) =>
    type === 'image_generation.completed'
      ? { ...before, usage: { units: (before.usage?.units ?? 0) + 1 } }
      : before,
};

const speech = createBodyMeter('audioGeneration', () => ({}));

/** Text of speech is metered in tokens by newer models and in seconds by older ones. */
function readTranscript(value: unknown, before: Metered = {}): Metered {
  const seconds = toNumberOrNull(readFields(value)['seconds']);
  return seconds === null
    ? withTokens(value, before)
    : { ...before, usage: { units: seconds }, reported: readFields(value) };
}

const transcripts: Meter = {
  type: 'custom',
  readBody: (body) => readTranscript(body['usage']),
  readEvent: (event, before) => readTranscript(event['usage'], before),
};

/** Methods that are recorded, by their path from the client. */
export const OPENAI_METERS: ReadonlyMap<string, Meter> = new Map([
  ['chat.completions.create', chat],
  ['responses.create', responses],
  ['embeddings.create', embeddings],
  ['images.generate', images],
  ['audio.speech.create', speech],
  ['audio.transcriptions.create', transcripts],
  ['audio.translations.create', transcripts],
]);
