import {
  addParts,
  readFields,
  readIdentity,
  toNumberOrNull,
  type CallUsage,
  type Fields,
  type Meter,
  type Metered,
} from '../clients/meter.js';

/**
 * Reads the usage of a message. `input_tokens` are those that the prompt cache neither gave nor took; the three add up to
 * what was sent. Iterations that summarized the conversation are not in the message's own numbers.
 */
function readTokens(usage: Fields): CallUsage | null {
  const own = readOwnTokens(usage);
  if (own === null) return null;
  const iterations = Array.isArray(usage['iterations']) ? usage['iterations'] : [];
  return iterations
    .map(readFields)
    .filter(({ type }) => type === 'compaction')
    .map(readOwnTokens)
    .reduce<CallUsage>((sum, part) => addUsage(sum, part ?? {}), own);
}

function readOwnTokens(usage: Fields): CallUsage | null {
  const cachedInputTokens = toNumberOrNull(usage['cache_read_input_tokens']);
  const cacheWriteTokens = toNumberOrNull(usage['cache_creation_input_tokens']);
  const inputTokens = addParts(
    toNumberOrNull(usage['input_tokens']),
    cachedInputTokens,
    cacheWriteTokens,
  );
  const outputTokens = toNumberOrNull(usage['output_tokens']);
  if (inputTokens === null && outputTokens === null) return null;
  const details = readFields(usage['output_tokens_details']);
  const reasoningTokens = toNumberOrNull(details['thinking_tokens']);
  return { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens };
}

function addUsage(usage: CallUsage, part: CallUsage): CallUsage {
  const add = (name: keyof CallUsage): number | null =>
    addParts(usage[name] ?? null, part[name] ?? null);
  return {
    inputTokens: add('inputTokens'),
    outputTokens: add('outputTokens'),
    cachedInputTokens: add('cachedInputTokens'),
    cacheWriteTokens: add('cacheWriteTokens'),
    reasoningTokens: add('reasoningTokens'),
  };
}

function withUsage(reported: Fields, before: Metered): Metered {
  const usage = readTokens(reported);
  if (usage === null) return before;
  return { ...before, ...readIdentity(undefined, reported['service_tier']), usage, reported };
}

function readMessage(body: Fields): Metered {
  return withUsage(readFields(body['usage']), readIdentity(body['id'], undefined));
}

/** The number of output tokens that a message starts with is a placeholder: how many there were is not known yet. */
function readMessageStart(message: Fields): Metered {
  const metered = readMessage(message);
  if (!metered.usage) return metered;
  return { ...metered, usage: { ...metered.usage, outputTokens: null, reasoningTokens: null } };
}

/** Numbers of a `message_delta` are totals so far; those that it leaves out stay. */
function readMessageDelta(delta: Fields, before: Metered): Metered {
  const given = Object.entries(delta).filter(([, value]) => value !== null);
  return withUsage({ ...before.reported, ...Object.fromEntries(given) }, before);
}

const messages: Meter = {
  type: 'chatCompletion',
  readBody: readMessage,
  readEvent: (event, before) => {
    if (event['type'] === 'message_start') return readMessageStart(readFields(event['message']));
    if (event['type'] !== 'message_delta') return before;
    return readMessageDelta(readFields(event['usage']), before);
  },
};

/** Methods that are recorded, by their path from the client; the helpers are built on them. */
export const ANTHROPIC_METERS: ReadonlyMap<string, Meter> = new Map([
  ['messages.create', messages],
  ['beta.messages.create', messages],
]);
