import { createOpenAI } from '@ai-sdk/openai';
import Anthropic from '@anthropic-ai/sdk';
import { SpanStatusCode, context, type Attributes, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { embed, generateText, streamText, wrapLanguageModel } from 'ai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createGenAISpanProcessor,
  recordAISDKCalls,
  runWithUsageContext,
  wrapAnthropic,
  type SpanRecordingOptions,
} from '../../src/index.js';
import { startFakeAnthropic } from '../helpers/fake-anthropic.js';
import { CHAT_ID, startFakeOpenAI, type FakeOpenAI } from '../helpers/fake-openai.js';
import { openRecordingHost, type RecordingHost } from '../helpers/recording-host.js';

let host: RecordingHost;
let server: FakeOpenAI;
let provider: BasicTracerProvider;
let tracer: Tracer;
let errors: unknown[];

function trace(options: SpanRecordingOptions): void {
  const onError = (error: unknown): void => void errors.push(error);
  const processor = createGenAISpanProcessor(host.usage.calls, { onError, ...options });
  provider = new BasicTracerProvider({ spanProcessors: [processor] });
  tracer = provider.getTracer('test');
}

beforeEach(async () => {
  host = await openRecordingHost();
  server = await startFakeOpenAI();
  errors = [];
  trace({ userAttribute: 'user.id' });
});
afterEach(async () => {
  await provider.shutdown();
  await server.close();
  await host.close();
});

/** A span of 1.5 seconds, as an instrumentation makes it. */
function emit(attributes: Attributes, failure?: string): void {
  const span = tracer.startSpan('chat', {
    startTime: 1_795_000_000_000,
    attributes: { 'user.id': 'alice', ...attributes },
  });
  if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
  span.end(1_795_000_001_500);
}

const recorded = async (): Promise<Record<string, unknown>> => {
  await provider.forceFlush();
  return host.recorded();
};

describe('three generations of names', () => {
  test.each([
    [
      'to 1.36',
      {
        'gen_ai.system': 'openai',
        'gen_ai.usage.prompt_tokens': 1000,
        'gen_ai.usage.completion_tokens': 300,
      },
      {},
    ],
    [
      '1.37 to 1.42',
      {
        'gen_ai.provider.name': 'openai',
        'gen_ai.usage.input_tokens': 1000,
        'gen_ai.usage.output_tokens': 300,
        'gen_ai.usage.cache_read.input_tokens': 800,
        'gen_ai.usage.cache_creation.input_tokens': 50,
      },
      { cached_input_tokens: 800, cache_write_tokens: 50 },
    ],
    [
      'the separate conventions',
      {
        'gen_ai.provider.name': 'openai',
        'gen_ai.usage.input_tokens': 1000,
        'gen_ai.usage.output_tokens': 300,
        'gen_ai.usage.cache_write.input_tokens': 50,
        'gen_ai.usage.reasoning.output_tokens': 200,
        'gen_ai.response.time_to_first_chunk': 0.25,
      },
      { cache_write_tokens: 50, reasoning_tokens: 200, ttfb_us: 250_000 },
    ],
  ])('%s', async (_name, attributes, expected) => {
    emit({ 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm', ...attributes });
    expect(await recorded()).toMatchObject({
      user_did: 'alice',
      provider: 'openai',
      model: 'm',
      status: 'success',
      started_at_ms: 1_795_000_000_000,
      duration_us: 1_500_000,
      input_tokens: 1000,
      output_tokens: 300,
      ...expected,
    });
  });

  test('only requests to a model are calls; agents and tools repeat their numbers', async () => {
    const usage = { 'gen_ai.request.model': 'm', 'gen_ai.usage.input_tokens': 5 };
    const operations = ['chat', 'text_completion', 'generate_content', 'embeddings'];
    for (const name of [...operations, 'invoke_agent', 'execute_tool', 'create_agent']) {
      emit({ ...usage, 'gen_ai.operation.name': name });
    }
    emit({ 'http.request.method': 'POST' });
    await provider.forceFlush();
    expect(await host.ended(4)).toHaveLength(4);
  });

  test('an error is a failed call, with its reason', async () => {
    emit({ 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm' }, 'Rate limited');
    expect(await recorded()).toMatchObject({ status: 'failed', error_reason: 'Rate limited' });
  });
});

describe('whose call it is', () => {
  const call = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm' };

  test('the user of the work in which the span starts', async () => {
    trace({});
    runWithUsageContext({ userDid: 'bob', appDid: 'shop' }, () => {
      emit(call);
    });
    expect(await recorded()).toMatchObject({ user_did: 'bob', app_did: 'shop' });
  });

  test('without a user it is not recorded, and onError receives it', async () => {
    trace({});
    emit(call);
    await provider.forceFlush();
    expect(errors.map(String)).toEqual([expect.stringContaining('no user')]);
    expect(await host.rows('model_calls')).toEqual([]);
  });
});

describe('real instrumentations', () => {
  const model = () => createOpenAI({ baseURL: server.baseURL, apiKey: 'none' }).chat('detailed');
  const telemetry = () => ({ isEnabled: true, tracer });
  const TOKENS = { input_tokens: 1000, output_tokens: 300, total_tokens: 1300 };

  test('spans of the AI SDK: the inner ones, not those around them', async () => {
    trace({ userAttribute: 'ai.telemetry.metadata.userId' });
    const experimental_telemetry = { ...telemetry(), metadata: { userId: 'alice' } };
    await generateText({ model: model(), prompt: 'Hi', experimental_telemetry });
    expect(await recorded()).toMatchObject({
      ...TOKENS,
      id: `response:${CHAT_ID}`,
      user_did: 'alice',
      provider: 'openai',
      model: 'detailed',
    });
    await host.rows('model_calls').delete();
    await streamText({ model: model(), prompt: 'Hi', experimental_telemetry }).consumeStream();
    expect(await recorded()).toMatchObject({ ...TOKENS, status: 'success' });
    await host.rows('model_calls').delete();
    const vectors = createOpenAI({ baseURL: server.baseURL, apiKey: 'none' }).embedding('vectors');
    await embed({ model: vectors, value: 'Hi', experimental_telemetry });
    expect(await recorded()).toMatchObject({
      type: 'embedding',
      model: 'vectors',
      input_tokens: 3,
    });
  });

  test('a call that middleware records is not recorded again', async () => {
    await runWithUsageContext({ userDid: 'alice' }, () =>
      generateText({
        model: wrapLanguageModel({
          model: model(),
          middleware: recordAISDKCalls(host.usage.calls),
        }),
        prompt: 'Hi',
        experimental_telemetry: telemetry(),
      }),
    );
    const { id, ...call } = await recorded();
    expect(call).toMatchObject({ ...TOKENS, cached_input_tokens: 800 });
    expect(id).not.toContain('response:');
    expect(errors).toEqual([]);
  });

  test('nor is one that fails in a span around it; its trace is the span’s', async () => {
    trace({ userAttribute: 'ai.telemetry.metadata.userId' });
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    try {
      const chat = createOpenAI({ baseURL: server.baseURL, apiKey: 'none' }).chat('broken');
      const middleware = recordAISDKCalls(host.usage.calls, { userDid: 'alice' });
      const asked = generateText({
        model: wrapLanguageModel({ model: chat, middleware }),
        prompt: 'Hi',
        maxRetries: 1,
        experimental_telemetry: { ...telemetry(), metadata: { userId: 'alice' } },
      });
      await expect(asked).rejects.toThrow('Rate limited');
      expect(server.requests).toHaveLength(2);
      expect(await recorded()).toMatchObject({
        status: 'failed',
        trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      });
    } finally {
      context.disable();
    }
  });

  test('spans within a request that a wrapped client records are left to it', async () => {
    const anthropic = await startFakeAnthropic();
    const client = wrapAnthropic(
      new Anthropic({
        apiKey: 'none',
        baseURL: anthropic.url,
        maxRetries: 0,
        fetch: (url, init) => {
          // As an instrumentation of fetch or of the client does, with a failure that has no response id.
          emit({ 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm' }, 'Rate limited');
          return fetch(url, init);
        },
      }),
      host.usage.calls,
      { userDid: 'alice' },
    );
    const message = { model: 'broken', max_tokens: 4, messages: [] };
    await expect(client.messages.create(message)).rejects.toThrow();
    expect(await recorded()).toMatchObject({ status: 'failed', provider: 'anthropic' });
    await anthropic.close();
  });
});
