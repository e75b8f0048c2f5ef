import { ReadableStream } from 'node:stream/web';
import { createOpenAI } from '@ai-sdk/openai';
import {
  embed,
  generateText,
  stepCountIs,
  streamText,
  tool,
  wrapEmbeddingModel,
  wrapLanguageModel,
  type LanguageModel,
} from 'ai';
import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  recordAISDKCalls,
  runWithUsageContext,
  wrapOpenAI,
  type ClientRecordingOptions,
} from '../../src/index.js';
import { CHAT_ID, startFakeOpenAI, type FakeOpenAI } from '../helpers/fake-openai.js';
import { openRecordingHost, type RecordingHost } from '../helpers/recording-host.js';

let host: RecordingHost;
let server: FakeOpenAI;

const model = (modelId = 'gpt-4o', options: ClientRecordingOptions = {}): LanguageModel =>
  wrapLanguageModel({
    model: createOpenAI({ baseURL: server.baseURL, apiKey: 'none' }).chat(modelId),
    middleware: recordAISDKCalls(host.usage.calls, { userDid: 'alice', appDid: 'app', ...options }),
  });

beforeEach(async () => {
  host = await openRecordingHost();
  server = await startFakeOpenAI();
});
afterEach(async () => {
  await server.close();
  await host.close();
});

const SUCCESS = { status: 'success', user_did: 'alice', app_did: 'app', provider: 'openai' };
const DETAILS = {
  ...SUCCESS,
  input_tokens: 1000,
  output_tokens: 300,
  total_tokens: 1300,
  cached_input_tokens: 800,
  reasoning_tokens: 200,
};

describe('what the AI SDK’s numbers mean', () => {
  test('input tokens include the cache, output tokens reasoning', async () => {
    const { text } = await generateText({ model: model('detailed'), prompt: 'Hi' });
    expect(text).toBe('Hello');
    const { metadata, ...call } = await host.recorded();
    expect(call).toMatchObject({ ...DETAILS, model: 'detailed', type: 'chatCompletion' });
    expect(JSON.parse(String(metadata))).toMatchObject({ usage: { prompt_tokens: 1000 } });
  });

  test('so do those of a stream, with the time to its first part', async () => {
    const { textStream, usage } = streamText({ model: model('detailed'), prompt: 'Hi' });
    for await (const _ of textStream) host.clock.nowMs += 50;
    expect((await usage).totalTokens).toBe(1300);
    const call = await host.recorded();
    expect(call).toMatchObject(DETAILS);
    expect(call['ttfb_us']).toBeLessThanOrEqual(Number(call['duration_us']));
  });

  test('the time to the first part does not end with what the SDK itself sends first', async () => {
    async function* read(): AsyncGenerator<object> {
      yield { type: 'stream-start', warnings: [] };
      host.clock.nowMs += 250;
      yield { type: 'text-delta', id: 't', delta: 'Hello' };
    }
    const { wrapStream } = recordAISDKCalls(host.usage.calls, { userDid: 'alice' });
    const { stream } = await wrapStream({
      model: { provider: 'own', modelId: 'm' },
      params: {},
      doStream: async () => ({ stream: ReadableStream.from(read()) }),
    });
    for await (const _ of stream) void _;
    expect(await host.recorded()).toMatchObject({ provider: 'own', ttfb_us: 250_000 });
  });

  test('embeddings', async () => {
    const embedding = wrapEmbeddingModel({
      model: createOpenAI({ baseURL: server.baseURL, apiKey: 'none' }).embedding('vectors'),
      middleware: recordAISDKCalls(host.usage.calls, { userDid: 'alice' }),
    });
    await embed({ model: embedding, value: 'Hi' });
    expect(await host.recorded()).toMatchObject({
      status: 'success',
      model: 'vectors',
      type: 'embedding',
      input_tokens: 3,
    });
  });
});

describe('one request to the model is one call', () => {
  const lookUp = (execute: () => Promise<string>) =>
    tool({ description: 'Looks up', inputSchema: z.object({}), execute });

  test('each step with tools is a call, and so is one that a tool makes', async () => {
    const inner = wrapOpenAI(
      new OpenAI({ apiKey: 'none', baseURL: server.baseURL, maxRetries: 0 }),
      host.usage.calls,
      { userDid: 'alice', appDid: 'tool' },
    );
    const execute = async (): Promise<string> => {
      await inner.embeddings.create({ model: 'm', input: 'Hi' });
      return 'Rain';
    };
    const request = {
      model: model('tool'),
      prompt: 'Hi',
      tools: { lookUp: lookUp(execute) },
      stopWhen: stepCountIs(3),
    };
    expect((await generateText(request)).text).toBe('Hello');
    expect((await host.ended(3)).map(({ type }) => type).sort()).toEqual([
      'chatCompletion',
      'chatCompletion',
      'embedding',
    ]);
    expect(await streamText(request).text).toBe('Hello');
    const types = (await host.ended(6)).map(({ type }) => type);
    expect(types.filter((type) => type === 'embedding')).toHaveLength(2);
  });

  test('a request that the AI SDK repeats is one call, which ends as its last attempt', async () => {
    await generateText({ model: model('flaky'), prompt: 'Hi', maxRetries: 1 });
    expect(server.requests).toHaveLength(2);
    await host.usage.stop();
    expect(await host.recorded()).toMatchObject({
      ...SUCCESS,
      total_tokens: 12,
      error_reason: null,
    });
  });

  test('a recorder within leaves the call to the middleware', async () => {
    const twice = wrapLanguageModel({
      model: model() as Parameters<typeof wrapLanguageModel>[0]['model'],
      middleware: recordAISDKCalls(host.usage.calls, { userDid: 'alice', appDid: 'outer' }),
    });
    await generateText({ model: twice, prompt: 'Hi' });
    expect(await host.recorded()).toMatchObject({ app_did: 'outer' });
  });

  test('stored at its end, it has an id that its response id makes', async () => {
    await streamText({ model: model('gpt-4o', { recordAt: 'end' }), prompt: 'Hi' }).consumeStream();
    expect(await host.recorded()).toMatchObject({ ...SUCCESS, id: `response:${CHAT_ID}` });
  });

  test('user and project come from the work that is running', async () => {
    await runWithUsageContext({ userDid: 'bob' }, () =>
      generateText({ model: model('gpt-4o', { userDid: undefined }), prompt: 'Hi' }),
    );
    expect(await host.recorded()).toMatchObject({ user_did: 'bob', app_did: 'app' });
  });
});

describe('what goes wrong', () => {
  test('an error reaches the caller, and the call has failed', async () => {
    const asked = generateText({ model: model('broken'), prompt: 'Hi', maxRetries: 0 });
    await expect(asked).rejects.toThrow('Rate limited');
    expect(await host.recorded()).toMatchObject({
      status: 'failed',
      error_reason: 'Rate limited',
    });
  });

  test('an error on its way', async () => {
    await streamText({
      model: model('fails'),
      prompt: 'Hi',
      onError: () => undefined,
    }).consumeStream();
    expect(await host.recorded()).toMatchObject({ status: 'failed' });
  });

  test('an aborted stream has failed, whether it is read on or not', async () => {
    const controller = new AbortController();
    const { textStream } = streamText({
      model: model('slow'),
      prompt: 'Hi',
      abortSignal: controller.signal,
      onError: () => undefined,
    });
    for await (const _ of textStream) controller.abort();
    expect(await host.recorded()).toMatchObject({
      status: 'failed',
      error_reason: 'The stream was aborted',
    });
  });

  test('an unknown option is refused', () => {
    expect(() => recordAISDKCalls(host.usage.calls, { user: 'a' } as object)).toThrow('userDid');
  });
});
