import type { ModelCallInput } from '../../contract/call-input.js';
import type { CallType } from '../../contract/common.js';

type Usage = NonNullable<ModelCallInput['usage']>;

/** What an answer, or the events of a stream so far, say about a call. */
export interface Metered {
  usage?: Usage;
  /** What the provider said of it, as it said it: cached and reasoning tokens, its own cost. */
  reported?: Fields;
  /** Why the call failed although the request worked. */
  failure?: string;
}

/** How one method of the client is metered. */
export interface Meter {
  type: CallType;
  /** Asks for the usage of a stream where it has to be asked for. */
  prepare?: (body: Fields) => Fields;
  /** Reads a whole answer. */
  answer: (answer: Fields) => Metered;
  /** Reads an event of a stream, given what the events before it said. */
  event: (event: Fields, before: Metered) => Metered;
  /** Whether an event is there only because {@link prepare} asked for it. */
  isExtra?: (event: Fields) => boolean;
}

/** An object whose fields are not known; `{}` for anything else. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of an object, or none. */
export function readFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

const count = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** Tokens, by the names of the chat or of the responses API; `null` when none are named. */
function readTokens(value: unknown): Usage | null {
  const usage = readFields(value);
  const inputTokens = count(usage['prompt_tokens']) ?? count(usage['input_tokens']);
  const outputTokens = count(usage['completion_tokens']) ?? count(usage['output_tokens']);
  const totalTokens = count(usage['total_tokens']);
  if (inputTokens === null && outputTokens === null && totalTokens === null) return null;
  return { inputTokens, outputTokens, totalTokens };
}

function withTokens(value: unknown, before: Metered = {}): Metered {
  const usage = readTokens(value);
  return usage === null ? before : { ...before, usage, reported: readFields(value) };
}

const chat: Meter = {
  type: 'chatCompletion',
  prepare: (body) =>
    body['stream'] === true && readFields(body['stream_options'])['include_usage'] === undefined
      ? { ...body, stream_options: { ...readFields(body['stream_options']), include_usage: true } }
      : body,
  answer: (answer) => withTokens(answer['usage']),
  event: (event, before) => withTokens(event['usage'], before),
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
  answer: readResponse,
  event: (event, before) => {
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
  answer: (answer) => withTokens(answer['usage']),
  event: (_event, before) => before,
};

const images: Meter = {
  type: 'imageGeneration',
  answer: ({ data }) => (Array.isArray(data) ? { usage: { units: data.length } } : {}),
  event: ({ type }, before) =>
    type === 'image_generation.completed'
      ? { ...before, usage: { units: (before.usage?.units ?? 0) + 1 } }
      : before,
};

const speech: Meter = {
  type: 'audioGeneration',
  answer: () => ({}),
  event: (_event, before) => before,
};

/** Text of speech is metered in tokens by newer models and in seconds by older ones. */
function readTranscript(value: unknown, before: Metered = {}): Metered {
  const seconds = count(readFields(value)['seconds']);
  return seconds === null
    ? withTokens(value, before)
    : { ...before, usage: { units: seconds }, reported: readFields(value) };
}

const transcripts: Meter = {
  type: 'custom',
  answer: (answer) => readTranscript(answer['usage']),
  event: (event, before) => readTranscript(event['usage'], before),
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
