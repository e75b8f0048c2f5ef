import { AsyncResource } from 'node:async_hooks';
import OpenAI from 'openai';
import { APIPromise } from 'openai/api-promise';
import { Stream } from 'openai/streaming';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  runWithUsageContext,
  wrapOpenAI,
  type OpenAIRecordingOptions,
  type PricedUsage,
} from '../../src/index.js';
import { CHAT_ID, startFakeOpenAI, type FakeOpenAI } from '../helpers/fake-openai.js';
import { openRecordingHost, type RecordingHost } from '../helpers/recording-host.js';

let host: RecordingHost;
let rows: RecordingHost['rows'];
let server: FakeOpenAI;
let original: OpenAI;
let client: OpenAI;

const wrap = (options: Partial<OpenAIRecordingOptions> = {}): OpenAI =>
  wrapOpenAI(original, host.usage.calls, { userDid: 'alice', appDid: 'app', ...options });

beforeEach(async () => {
  host = await openRecordingHost();
  rows = host.rows;
  server = await startFakeOpenAI();
  original = new OpenAI({ apiKey: 'none', baseURL: server.baseURL, maxRetries: 0 });
  client = wrap();
});
afterEach(async () => {
  await server.close();
  await host.close();
});

const recorded = (): Promise<Record<string, unknown>> => host.recorded();

const chat = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }] } as const;
const chatParams = (): OpenAI.ChatCompletionCreateParamsNonStreaming => ({
  ...chat,
  messages: [...chat.messages],
});
const streamed = (model = 'gpt-4o'): OpenAI.ChatCompletionCreateParamsStreaming => ({
  ...chatParams(),
  model,
  stream: true,
});
const SUCCESS = { status: 'success', user_did: 'alice', app_did: 'app', provider: 'openai' };

describe('whole answers', () => {
  test('a chat completion, with tokens and its price', async () => {
    client = wrap({ credits: ({ usage }) => `0.0000000${usage.totalTokens === 12 ? 5 : 0}` });
    const completion = await client.chat.completions.create(chatParams());
    expect(completion.choices[0]?.message.content).toBe('Hello');
    expect(await recorded()).toMatchObject({
      ...SUCCESS,
      model: 'gpt-4o',
      type: 'chatCompletion',
      input_tokens: 7,
      output_tokens: 5,
      total_tokens: 12,
      credits_e8: 5,
      ttfb_us: 0,
    });
  });

  test('responses, embeddings, images and audio', async () => {
    const calls: [() => Promise<unknown>, Record<string, unknown>][] = [
      [
        () => client.responses.create({ model: 'm', input: 'Hi' }),
        { type: 'chatCompletion', input_tokens: 9, output_tokens: 4 },
      ],
      [
        () => client.embeddings.create({ model: 'm', input: 'Hi' }),
        { type: 'embedding', input_tokens: 3, total_tokens: 3 },
      ],
      [
        () => client.images.generate({ model: 'm', prompt: 'Hi' }),
        { type: 'imageGeneration', units: 2, total_tokens: null },
      ],
      [
        () => client.audio.speech.create({ model: 'm', voice: 'alloy', input: 'Hi' }),
        { type: 'audioGeneration' },
      ],
      [
        () => client.audio.transcriptions.create({ model: 'm', file: new File(['x'], 'a.mp3') }),
        { type: 'custom', units: 2.5 },
      ],
    ];
    for (const [call, expected] of calls) {
      await call();
      expect(await recorded()).toMatchObject({ ...SUCCESS, ...expected });
      await rows('model_calls').delete();
    }
  });

  test('a response with the status "failed" is a failure, with its reason', async () => {
    await client.responses.create({ model: 'fails', input: 'Hi' });
    expect(await recorded()).toMatchObject({ status: 'failed', error_reason: 'Out of luck' });
  });

  test('an error reaches the caller as it is, and the call has failed', async () => {
    const error: unknown = await client.chat.completions
      .create({ ...chatParams(), model: 'broken' })
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(OpenAI.RateLimitError);
    expect(await recorded()).toMatchObject({
      status: 'failed',
      error_reason: expect.stringContaining('Rate limited') as string,
    });
  });

  test('it is processing while the result is awaited', async () => {
    const answer = client.chat.completions.create(streamed('slow'));
    const stream = await answer;
    await vi.waitFor(
      async () => {
        expect(await rows('model_calls').select('status')).toEqual([{ status: 'processing' }]);
      },
      { timeout: 30_000 },
    );
    stream.controller.abort();
  });
});

describe('the promise is the client’s own', () => {
  test('withResponse gives the data and the response', async () => {
    const promise = client.chat.completions.create(chatParams());
    expect(promise).toBeInstanceOf(APIPromise);
    const { data, response, request_id } = await promise.withResponse();
    expect([data.choices.length, response.status, request_id]).toEqual([1, 200, 'req-1']);
    expect(await recorded()).toMatchObject({ ...SUCCESS, total_tokens: 12 });
  });

  test('asResponse leaves the body to the caller, and the call still has its tokens', async () => {
    const response = await client.chat.completions.create(chatParams()).asResponse();
    expect(await response.json()).toMatchObject({ object: 'chat.completion.chunk' });
    expect(await recorded()).toMatchObject({ ...SUCCESS, total_tokens: 12 });
  });

  test('the raw response of a stream ends the call with its headers', async () => {
    const response = await client.chat.completions.create(streamed()).asResponse();
    expect(await response.text()).toContain('[DONE]');
    expect(await recorded()).toMatchObject({ ...SUCCESS, total_tokens: null });
  });

  test('the body of speech can be read', async () => {
    const speech = await client.audio.speech.create({ model: 'm', voice: 'alloy', input: 'Hi' });
    expect(await speech.text()).toBe('sound');
  });
});

describe('streams', () => {
  const read = async (stream: AsyncIterable<OpenAI.ChatCompletionChunk>) => {
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const part of stream) chunks.push(part);
    return chunks;
  };

  test('the usage is requested, counted, and hidden from a caller that did not request it', async () => {
    const stream = await client.chat.completions.create(streamed());
    expect(stream).toBeInstanceOf(Stream);
    host.clock.nowMs += 250;
    const chunks = await read(stream);
    expect(chunks.map(({ choices }) => choices[0]?.delta.content)).toEqual([
      'Hel',
      'lo',
      undefined,
    ]);
    expect(server.requests[0]).toMatchObject({ stream_options: { include_usage: true } });
    expect(await recorded()).toMatchObject({ ...SUCCESS, total_tokens: 12, ttfb_us: 250_000 });
  });

  test('a caller that requests the usage sees it; one that refuses it is not overruled', async () => {
    const asked = await client.chat.completions.create({
      ...streamed(),
      stream_options: { include_usage: true },
    });
    expect((await read(asked)).at(-1)?.usage?.total_tokens).toBe(12);
    await recorded();
    await rows('model_calls').delete();
    const refused = await client.chat.completions.create({
      ...streamed(),
      stream_options: { include_usage: false },
    });
    await read(refused);
    expect(await recorded()).toMatchObject({ ...SUCCESS, total_tokens: null });
  });

  test('the two halves of tee(), and the web stream, count as one reading', async () => {
    const [left, right] = (await client.chat.completions.create(streamed())).tee();
    expect((await Promise.all([read(left), read(right)])).map(({ length }) => length)).toEqual([
      3, 3,
    ]);
    expect(await recorded()).toMatchObject({ ...SUCCESS, total_tokens: 12 });
  });

  test('a stream of the responses API', async () => {
    const stream = await client.responses.create({ model: 'm', input: 'Hi', stream: true });
    const types: string[] = [];
    for await (const { type } of stream) types.push(type);
    expect(types.at(-1)).toBe('response.completed');
    expect(await recorded()).toMatchObject({ ...SUCCESS, input_tokens: 9, output_tokens: 4 });
  });

  test('one that is abandoned has failed', async () => {
    for await (const part of await client.chat.completions.create(streamed('slow'))) {
      expect(part.choices[0]?.delta.content).toBe('Hel');
      break;
    }
    expect(await recorded()).toMatchObject({
      status: 'failed',
      error_reason: 'The stream was abandoned before its end',
    });
  });

  test('one that is aborted has failed, though the client ends it quietly', async () => {
    const stream = await client.chat.completions.create(streamed('slow'));
    for await (const part of stream) {
      expect(part.choices).toHaveLength(1);
      stream.controller.abort();
    }
    expect(await recorded()).toMatchObject({
      status: 'failed',
      error_reason: 'The stream was aborted',
    });
  });

  test('an error on its way reaches the reader, and the call has failed', async () => {
    const stream = await client.chat.completions.create(streamed('fails'));
    await expect(read(stream)).rejects.toThrow();
    expect(await recorded()).toMatchObject({ status: 'failed' });
  });

  test('helpers that are built on create are recorded too', async () => {
    const runner = client.chat.completions.stream({
      model: chat.model,
      messages: [...chat.messages],
    });
    expect(await runner.finalContent()).toBe('Hello');
    expect(await recorded()).toMatchObject({ ...SUCCESS, total_tokens: 12 });
    await rows('model_calls').delete();
    await client.chat.completions.parse(chatParams());
    expect(await recorded()).toMatchObject({ ...SUCCESS, total_tokens: 12 });
  });
});

describe('prices', () => {
  test('the price function gets the usage object of the provider, which the metadata store', async () => {
    let seen: PricedUsage | undefined;
    client = wrap({
      metadata: { tenant: 't' },
      credits: (priced) => {
        seen = priced;
        return 0.1 * 3;
      },
    });
    await client.chat.completions.create(chatParams());
    const { credits_e8: credits, metadata } = await recorded();
    expect(seen).toMatchObject({ model: 'gpt-4o', reported: { prompt_tokens: 7 } });
    expect(credits).toBe(30_000_000);
    expect(JSON.parse(String(metadata))).toMatchObject({
      tenant: 't',
      usage: { prompt_tokens: 7, total_tokens: 12 },
    });
  });

  test('metadata that have these members, or no space for them, stay as they are', async () => {
    for (const metadata of [{ usage: 'mine', serviceTier: 'mine' }, { text: 'x'.repeat(16_340) }]) {
      await wrap({ metadata }).chat.completions.create(chatParams());
      expect(JSON.parse(String((await recorded())['metadata']))).toEqual(metadata);
      await rows('model_calls').delete();
    }
  });

  test.each([
    ['throws', () => JSON.parse('{')],
    ['gives NaN', () => Number.NaN],
    ['gives a negative amount', () => -1],
    ['gives a promise', () => Promise.resolve(1)],
  ])('a price function that %s costs the price alone', async (name, credits: () => unknown) => {
    const errors: unknown[] = [];
    const priced = wrap({ credits: credits as () => number, onError: (e) => errors.push(e) });
    await priced.chat.completions.create(chatParams());
    expect(await recorded()).toMatchObject({ ...SUCCESS, total_tokens: 12, credits_e8: null });
    expect(errors.map((error) => error instanceof SyntaxError)).toEqual(
      name === 'throws' ? [true] : [],
    );
  });

  test('a model whose name cannot be stored is unknown', async () => {
    await client.chat.completions.create({ ...chatParams(), model: 'm'.repeat(300) });
    expect(await recorded()).toMatchObject({ model: 'unknown' });
  });
});

describe('what OpenAI’s numbers mean', () => {
  const DETAILS = {
    ...SUCCESS,
    input_tokens: 1000,
    output_tokens: 300,
    total_tokens: 1300,
    cached_input_tokens: 800,
    reasoning_tokens: 200,
    cost_e10: null,
  };

  test('prompt tokens include cached ones, completion tokens those of reasoning', async () => {
    await client.chat.completions.create({ ...chatParams(), model: 'detailed' });
    expect(await recorded()).toMatchObject({ ...DETAILS, cache_write_tokens: null });
  });

  test('so do those of a stream, and of the responses API', async () => {
    for await (const _ of await client.chat.completions.create(streamed('detailed'))) void _;
    expect(await recorded()).toMatchObject({ ...DETAILS, cache_write_tokens: null });
    await rows('model_calls').delete();
    await client.responses.create({ model: 'detailed', input: 'Hi' });
    expect(await recorded()).toMatchObject({ ...DETAILS, cache_write_tokens: 100 });
  });

  test('a charge that the response names is the cost; one that is only a fee is not', async () => {
    for await (const _ of await client.chat.completions.create(streamed('charged'))) void _;
    expect(await recorded()).toMatchObject({
      cost_e10: 42_175_500,
      currency: 'USD',
      cost_source: 'reported',
    });
    await rows('model_calls').delete();
    await client.chat.completions.create({ ...chatParams(), model: 'own-key' });
    expect(await recorded()).toMatchObject({ cost_e10: null, currency: null, cost_source: null });
  });

  test('the service tier is in the metadata', async () => {
    await wrap({ metadata: { tenant: 't' } }).chat.completions.create(chatParams());
    const { metadata } = await recorded();
    expect(JSON.parse(String(metadata))).toMatchObject({ tenant: 't', serviceTier: 'default' });
  });

  test('a request that the client repeats is one call', async () => {
    original = new OpenAI({ apiKey: 'none', baseURL: server.baseURL, maxRetries: 2 });
    await wrap().chat.completions.create({ ...chatParams(), model: 'flaky' });
    expect(server.requests).toHaveLength(2);
    expect(await recorded()).toMatchObject({ ...SUCCESS, total_tokens: 12 });
  });
});

describe('whose call it is, and which', () => {
  test('user and project of the work that is running', async () => {
    client = wrapOpenAI(original, host.usage.calls);
    await runWithUsageContext({ userDid: 'bob', appDid: 'shop' }, async () => {
      await Promise.resolve();
      await client.chat.completions.create(chatParams());
    });
    expect(await recorded()).toMatchObject({ user_did: 'bob', app_did: 'shop' });
  });

  test('without a user the call works, is not recorded, and onError receives why', async () => {
    const errors: unknown[] = [];
    client = wrapOpenAI(original, host.usage.calls, { onError: (error) => errors.push(error) });
    const answer = await client.chat.completions.create(chatParams());
    expect(answer.choices).toHaveLength(1);
    expect(errors).toEqual([expect.objectContaining({ name: 'TypeError' })]);
    expect(String(errors[0])).toContain('no user');
    await host.usage.stop();
    expect(await rows('model_calls')).toEqual([]);
  });

  test('a client that is wrapped twice counts its calls once', async () => {
    const twice = wrapOpenAI(client, host.usage.calls, { userDid: 'alice' });
    await twice.chat.completions.create(chatParams());
    for await (const _ of await twice.chat.completions.create(streamed())) void _;
    expect(await host.ended(2)).toMatchObject([{ total_tokens: 12 }, { total_tokens: 12 }]);
  });

  test('what begins while its response is read is another call', async () => {
    let later = async (): Promise<unknown> => undefined;
    original = new OpenAI({
      apiKey: 'none',
      baseURL: server.baseURL,
      fetch: (url, init) => {
        // Callbacks of a stream may run in the context in which its request was sent.
        const embed = (): Promise<unknown> => client.embeddings.create({ model: 'm', input: 'Hi' });
        later = AsyncResource.bind(embed);
        return fetch(url, init);
      },
    });
    await wrap().chat.completions.create(chatParams());
    await later();
    expect(await host.ended(2)).toHaveLength(2);
  });

  test('stored at its end, it has an id that its response id makes', async () => {
    client = wrap({ recordAt: 'end' });
    const stream = await client.chat.completions.create(streamed());
    host.clock.nowMs += 250;
    expect(await rows('model_calls')).toEqual([]);
    for await (const _ of stream) void _;
    expect(await recorded()).toMatchObject({
      ...SUCCESS,
      id: `response:${CHAT_ID}`,
      duration_us: 250_000,
      started_at_ms: host.clock.nowMs - 250,
    });
  });
});

describe('the wrapper', () => {
  test('leaves the client as it was, and wraps what withOptions makes', async () => {
    await original.chat.completions.create(chatParams());
    expect(client).toBeInstanceOf(OpenAI);
    expect(client.baseURL).toBe(server.baseURL);
    await client.withOptions({ timeout: 5000 }).chat.completions.create(chatParams());
    expect(await recorded()).toMatchObject(SUCCESS);
  });

  test('recording that fails reaches only onError', async () => {
    const errors: unknown[] = [];
    const broken = wrap({ onError: (error) => errors.push(error) });
    await host.usage.stop();
    const answer = await broken.chat.completions.create(chatParams());
    expect(answer.choices).toHaveLength(1);
    await vi.waitFor(
      () => {
        expect(errors).toMatchObject([{ code: 'RECORDER_STOPPED' }, { code: 'RECORDER_STOPPED' }]);
      },
      { timeout: 30_000 },
    );
  });

  test('a user is required, and options are known ones', () => {
    expect(() => wrap({ userDid: '' })).toThrow('userDid');
    expect(() => wrap({ userDid: 'a\ud800' })).toThrow('userDid');
    expect(() => wrap({ credit: () => 1 } as object)).toThrow('did you mean credits?');
  });
});
