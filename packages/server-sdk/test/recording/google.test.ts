import { ApiError, GoogleGenAI, type CallableTool } from '@google/genai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { wrapGoogleGenAI, type ClientRecordingOptions } from '../../src/index.js';
import { RESPONSE_ID, startFakeGoogle } from '../helpers/fake-google.js';
import type { FakeServer } from '../helpers/fake-server.js';
import { openRecordingHost, type RecordingHost } from '../helpers/recording-host.js';

let host: RecordingHost;
let server: FakeServer;
let original: GoogleGenAI;
let client: GoogleGenAI;

const wrap = (options: ClientRecordingOptions = {}): GoogleGenAI =>
  wrapGoogleGenAI(original, host.usage.calls, { userDid: 'alice', appDid: 'app', ...options });

beforeEach(async () => {
  host = await openRecordingHost();
  server = await startFakeGoogle();
  original = new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl: server.url } });
  client = wrap();
});
afterEach(async () => {
  await server.close();
  await host.close();
});

const vertex = (): GoogleGenAI =>
  new GoogleGenAI({ vertexai: true, apiKey: 'none', httpOptions: { baseUrl: server.url } });
const asked = (model = 'gemini') => ({ model, contents: 'Hi' });
const SUCCESS = { status: 'success', user_did: 'alice', app_did: 'app', provider: 'google' };
/** Google's 100 tokens of candidates do not include its 200 of thoughts. */
const TOKENS = {
  input_tokens: 1000,
  cached_input_tokens: 800,
  output_tokens: 300,
  reasoning_tokens: 200,
  total_tokens: 1300,
};

describe('what Google’s numbers mean', () => {
  test('prompt tokens include the cache, candidates’ tokens exclude thoughts', async () => {
    const { text } = await client.models.generateContent(asked());
    expect(text).toBe('Hello');
    const { metadata, ...call } = await host.recorded();
    expect(call).toMatchObject({ ...SUCCESS, ...TOKENS, model: 'gemini', type: 'chatCompletion' });
    expect(JSON.parse(String(metadata))).toMatchObject({
      serviceTier: 'ON_DEMAND',
      usage: { candidatesTokenCount: 100 },
    });
  });

  test('each chunk of a stream has the usage so far', async () => {
    const stream = await client.models.generateContentStream(asked());
    host.clock.nowMs += 250;
    for await (const _ of stream) void _;
    const call = await host.recorded();
    expect(call).toMatchObject({ ...SUCCESS, ...TOKENS });
    expect(call['ttfb_us']).toBeLessThanOrEqual(Number(call['duration_us']));
  });

  test('images are units, those that a filter refused are none', async () => {
    original = vertex();
    await wrap().models.generateImages({ model: 'imagen', prompt: 'Hi' });
    expect(await host.recorded()).toMatchObject({ type: 'imageGeneration', units: 1 });
  });

  test('Vertex AI counts the tokens of embeddings, the Gemini API does not', async () => {
    await client.models.embedContent({ model: 'vectors', contents: 'Hi' });
    expect(await host.recorded()).toMatchObject({ type: 'embedding', input_tokens: null });
    await host.rows('model_calls').delete();
    original = vertex();
    await wrap().models.embedContent({ model: 'vectors', contents: ['Hi', 'Ho'] });
    expect(await host.recorded()).toMatchObject({ type: 'embedding', input_tokens: 6 });
  });
});

describe('one request is one call', () => {
  test('messages of a chat', async () => {
    const chat = client.chats.create({ model: 'gemini' });
    await chat.sendMessage({ message: 'Hi' });
    for await (const _ of await chat.sendMessageStream({ message: 'Hi' })) void _;
    for (const call of await host.ended(2)) expect(call).toMatchObject({ ...SUCCESS, ...TOKENS });
  });

  test('functions that the client calls itself take a request more', async () => {
    const weather: CallableTool = {
      tool: async () => ({ functionDeclarations: [{ name: 'weather' }] }),
      callTool: async () => [{ functionResponse: { name: 'weather', response: { sky: 'rain' } } }],
    };
    const request = { ...asked('tool'), config: { tools: [weather] } };
    expect((await client.models.generateContent(request)).text).toBe('Hello');
    expect(server.requests).toHaveLength(2);
    for (const call of await host.ended(2)) expect(call).toMatchObject({ ...SUCCESS, ...TOKENS });
  });

  test('a request that the client repeats is one call', async () => {
    const retryOptions = { attempts: 2, initialDelay: 0.01 };
    const httpOptions = { baseUrl: server.url, retryOptions };
    original = new GoogleGenAI({ apiKey: 'none', httpOptions });
    await wrap().models.generateContent(asked('flaky'));
    expect(server.requests).toHaveLength(2);
    expect(await host.recorded()).toMatchObject({ ...SUCCESS, ...TOKENS });
  });

  test('stored at its end, it has an id that its response id makes', async () => {
    await wrap({ recordAt: 'end' }).models.generateContent(asked());
    expect(await host.recorded()).toMatchObject({ id: `response:${RESPONSE_ID}` });
  });
});

describe('what goes wrong', () => {
  test('an error reaches the caller, and the call has failed', async () => {
    await expect(client.models.generateContent(asked('broken'))).rejects.toThrow(ApiError);
    expect(await host.recorded()).toMatchObject({
      status: 'failed',
      error_reason: expect.stringContaining('Rate limited') as string,
    });
  });

  test('streams that are aborted, abandoned, or fail on their way', async () => {
    const read = async (stream: AsyncIterable<unknown>, onChunk = (): void => undefined) => {
      for await (const _ of stream) onChunk();
    };
    const controller = new AbortController();
    const config = { abortSignal: controller.signal };
    const slow = await client.models.generateContentStream({ ...asked('slow'), config });
    await read(slow, () => {
      controller.abort();
    }).catch(() => undefined);
    expect(await host.recorded()).toMatchObject({
      status: 'failed',
      input_tokens: 1000,
      output_tokens: 200,
    });
    for await (const _ of await client.models.generateContentStream(asked('slow'))) break;
    const failing = await client.models.generateContentStream(asked('fails'));
    await expect(read(failing)).rejects.toThrow('Overloaded');
    for (const call of await host.ended(3)) expect(call).toMatchObject({ status: 'failed' });
  });
});

test('the client stays as it was, and options and clients are known ones', async () => {
  expect(client).toBeInstanceOf(GoogleGenAI);
  await original.models.generateContent(asked());
  await client.models.generateContent(asked('models/gemini'));
  expect(await host.recorded()).toMatchObject({ ...SUCCESS, model: 'gemini' });
  expect(() => wrap({ credit: () => 1 } as object)).toThrow('did you mean credits?');
  expect(() => wrapGoogleGenAI({}, host.usage.calls)).toThrow('GoogleGenAI');
});
