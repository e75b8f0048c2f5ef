import type { ModelCallInput } from '../../contract/call-input.js';
import type { CallType } from '../../contract/common.js';
import { toSpanCallId } from '../clients/active-span.js';
import { toNumberOrNull, type CallUsage, type Fields } from '../clients/meter.js';
import { toCallId } from '../clients/recorded-responses.js';

/** A span that has ended, however it arrived. */
export interface EndedSpan {
  traceId: string;
  spanId: string;
  /** Epoch ms. */
  startMs: number;
  durationMs: number;
  attributes: Fields;
  /** What the span says of its failure, maybe nothing; `null` when it did not fail. */
  failure: string | null;
}

/** A call without the user that makes it. */
export type SpanCall = Omit<ModelCallInput, 'userDid' | 'id'> & { id: string };

/**
 * Operations that are one request to a model. Others, such as `invoke_agent` and `execute_tool`, contain these, and repeat
 * their tokens.
 */
const TYPES: Readonly<Record<string, CallType>> = {
  chat: 'chatCompletion',
  text_completion: 'chatCompletion',
  completion: 'chatCompletion',
  generate_content: 'chatCompletion',
  embeddings: 'embedding',
  embedding: 'embedding',
};

/** Names of each figure, the newest first. Input tokens include those of the cache, output tokens those of reasoning. */
const TOKENS = {
  inputTokens: ['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens', 'ai.usage.tokens'],
  outputTokens: ['gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens'],
  cachedInputTokens: [
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_read_input_tokens',
    'ai.usage.cachedInputTokens',
  ],
  cacheWriteTokens: [
    'gen_ai.usage.cache_write.input_tokens',
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
  ],
  reasoningTokens: [
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.reasoning_tokens',
    'ai.usage.reasoningTokens',
  ],
} as const satisfies Partial<Record<keyof CallUsage, readonly string[]>>;

/**
 * Reads the call that a span of the conventions for generative AI stands for, in all three generations of their names, and of
 * the AI SDK's own spans. The id is made of the response id, or of the span where there is none.
 *
 * @returns `null` for a span that is no request to a model
 */
export function readSpanCall(span: EndedSpan): SpanCall | null {
  const { attributes, traceId, startMs, durationMs, failure } = span;
  const type = readType(attributes);
  const model = readText(
    attributes,
    'gen_ai.request.model',
    'gen_ai.response.model',
    'ai.model.id',
  );
  if (type === null || model === null) return null;
  return {
    id: toCallId(attributes['gen_ai.response.id']) ?? toSpanCallId(span),
    traceId,
    model,
    provider: readProvider(attributes),
    type,
    status: failure === null ? 'success' : 'failed',
    startedAt: startMs,
    durationMs,
    ttfbMs: readTtfbMs(attributes),
    usage: readUsage(attributes),
    ...(failure !== null && {
      errorReason:
        failure || (readText(attributes, 'error.type') ?? 'The call failed without saying why'),
    }),
    metadata: describe(attributes),
  };
}

function readType(attributes: Fields): CallType | null {
  const operation = readText(attributes, 'gen_ai.operation.name', 'llm.request.type');
  if (operation !== null) return TYPES[operation] ?? null;
  const inner = /\.do(Generate|Stream|Embed)$/.exec(String(attributes['ai.operationId']));
  if (inner === null) return null;
  return inner[1] === 'Embed' ? 'embedding' : 'chatCompletion';
}

/** The AI SDK names the provider's API too, such as `openai.chat`; in the conventions a dot is part of the name. */
function readProvider(attributes: Fields): string | null {
  const provider = readText(
    attributes,
    'gen_ai.provider.name',
    'gen_ai.system',
    'ai.model.provider',
  );
  return 'ai.operationId' in attributes ? (provider?.split('.')[0] ?? null) : provider;
}

function readTtfbMs(attributes: Fields): number | null {
  const seconds = toNumberOrNull(attributes['gen_ai.response.time_to_first_chunk']);
  return seconds === null
    ? toNumberOrNull(attributes['ai.response.msToFirstChunk'])
    : seconds * 1000;
}

function readUsage(attributes: Fields): CallUsage {
  const figures = Object.entries(TOKENS).map(([figure, names]) => {
    const name = names.find((known) => toNumberOrNull(attributes[known]) !== null);
    return [figure, name === undefined ? null : attributes[name]];
  });
  return Object.fromEntries(figures) as CallUsage;
}

/** Keeps what the span says of usage, so that a wrong reading of it can be corrected later. */
function describe(attributes: Fields): ModelCallInput['metadata'] {
  const isUsage = (name: string): boolean => /^(gen_ai|ai|llm)\.usage\./.test(name);
  const usage = Object.entries(attributes).filter(([name]) => isUsage(name));
  return usage.length === 0 ? null : { usage: Object.fromEntries(usage) };
}

/** The first of some attributes that is a text; `null` when none is. */
export function readText(attributes: Fields, ...names: string[]): string | null {
  for (const name of names) {
    const value = attributes[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}
