import type { ModelCallInput } from '../../contract/call-input.js';
import type { CallType } from '../../contract/common.js';

type CallUsage = NonNullable<ModelCallInput['usage']>;

/** What a response body, or the events of a stream so far, report about a call. */
export interface Metered {
  usage?: CallUsage;
  /** The provider's usage object, unchanged: it may have cached and reasoning tokens and a cost. */
  reported?: Fields;
  /** Why the call failed although the request worked. */
  failure?: string;
}

/** How the usage of one method of the client is read. */
export interface Meter {
  type: CallType;
  /** Adds the option that makes a stream report its usage, where it needs one. @returns the same body where not */
  requestUsage?: (body: Fields) => Fields;
  /** Reads a complete response body. */
  readBody: (body: Fields) => Metered;
  /** Reads an event of a stream. @param before what the earlier events report */
  readEvent: (event: Fields, before: Metered) => Metered;
  /** Whether a stream has an event only because of {@link requestUsage}. */
  isExtra?: (event: Fields) => boolean;
}

/** An object whose fields are not known; `{}` for anything else. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of an object, or none. */
export function readFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

const toNumberOrNull = (value: unknown): number | null =>
  typeof value === 'number' ? value : null;

/** Reads tokens by the names of the chat or of the responses API; `null` when there are none. */
function readTokens(value: unknown): CallUsage | null {
  const usage = readFields(value);
  const inputTokens =
    toNumberOrNull(usage['prompt_tokens']) ?? toNumberOrNull(usage['input_tokens']);
  const outputTokens =
    toNumberOrNull(usage['completion_tokens']) ?? toNumberOrNull(usage['output_tokens']);
  const totalTokens = toNumberOrNull(usage['total_tokens']);
  if (inputTokens === null && outputTokens === null && totalTokens === null) return null;
  return { inputTokens, outputTokens, totalTokens };
}

function withTokens(value: unknown, before: Metered = {}): Metered {
  const usage = readTokens(value);
  return usage === null ? before : { ...before, usage, reported: readFields(value) };
}

const chat: Meter = {
  type: 'chatCompletion',
  requestUsage: (body) =>
    body['stream'] === true && readFields(body['stream_options'])['include_usage'] === undefined
      ? { ...body, stream_options: { ...readFields(body['stream_options']), include_usage: true } }
      : body,
  readBody: (body) => withTokens(body['usage']),
  readEvent: (event, before) => withTokens(event['usage'], before),
  isExtra: ({ choices, usage }) =>
    Array.isArray(choices) && choices.length === 0 && readTokens(usage) !== null,
};

function readResponse(value: unknown): Metered {
  const response = readFields(value);
  const metered = withTokens(response['usage']);
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
    return isEnd ? { ...before, ...readResponse(event['response']) } : before;
  },
};

const embeddings: Meter = {
  type: 'embedding',
  readBody: (body) => withTokens(body['usage']),
  readEvent: (_event, before) => before,
};

const images: Meter = {
  type: 'imageGeneration',
  readBody: ({ data }) => (Array.isArray(data) ? { usage: { units: data.length } } : {}),
  readEvent: ({ type }, before) =>
    type === 'image_generation.completed'
      ? { ...before, usage: { units: (before.usage?.units ?? 0) + 1 } }
      : before,
};

const speech: Meter = {
  type: 'audioGeneration',
  readBody: () => ({}),
  readEvent: (_event, before) => before,
};

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
export const METERS: ReadonlyMap<string, Meter> = new Map([
  ['chat.completions.create', chat],
  ['responses.create', responses],
  ['embeddings.create', embeddings],
  ['images.generate', images],
  ['audio.speech.create', speech],
  ['audio.transcriptions.create', transcripts],
  ['audio.translations.create', transcripts],
]);

/** Whether a path leads to a recorded method. */
export function leadsToMeter(path: string): boolean {
  return [...METERS.keys()].some((key) => key.startsWith(`${path}.`));
}
