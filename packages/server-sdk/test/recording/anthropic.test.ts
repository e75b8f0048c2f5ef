import Anthropic from '@anthropic-ai/sdk';
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { wrapAnthropic, type ClientRecordingOptions } from '../../src/index.js';
import { MESSAGE_ID, startFakeAnthropic } from '../helpers/fake-anthropic.js';
import type { FakeServer } from '../helpers/fake-server.js';
import { openRecordingHost, type RecordingHost } from '../helpers/recording-host.js';

let host: RecordingHost;
let server: FakeServer;
let original: Anthropic;
let client: Anthropic;

const wrap = (options: ClientRecordingOptions = {}): Anthropic =>
  wrapAnthropic(original, host.usage.calls, { userDid: 'alice', appDid: 'app', ...options });

beforeEach(async () => {
  host = await openRecordingHost();
  server = await startFakeAnthropic();
  original = new Anthropic({ apiKey: 'none', baseURL: server.url, maxRetries: 0 });
  client = wrap();
});
afterEach(async () => {
  await server.close();
  await host.close();
});

const asked = (model = 'claude'): Anthropic.MessageCreateParamsNonStreaming => ({
  model,
  max_tokens: 400,
  messages: [{ role: 'user', content: 'Hi' }],
});
const streamed = (model = 'claude') => ({ ...asked(model), stream: true }) as const;
const SUCCESS = { status: 'success', user_did: 'alice', app_did: 'app', provider: 'anthropic' };
/** Anthropic's 150 input tokens are only those that the cache neither gave nor took. */
const TOKENS = {
  input_tokens: 1000,
  cached_input_tokens: 800,
  cache_write_tokens: 50,
  output_tokens: 300,
  reasoning_tokens: 200,
  total_tokens: 1300,
};

describe('what Anthropic’s numbers mean', () => {
  test('input tokens exclude cache reads and writes, output tokens include reasoning', async () => {
    const answer = await client.messages.create(asked());
    expect(answer.usage.input_tokens).toBe(150);
    const { metadata, ...call } = await host.recorded();
    expect(call).toMatchObject({ ...SUCCESS, ...TOKENS, model: 'claude', type: 'chatCompletion' });
    expect(JSON.parse(String(metadata))).toMatchObject({
      serviceTier: 'standard',
      usage: { input_tokens: 150 },
    });
  });

  test('a stream reports its input at its start and totals on its way', async () => {
    const stream = await client.messages.create(streamed());
    host.clock.nowMs += 250;
    for await (const _ of stream) void _;
    expect(await host.recorded()).toMatchObject({ ...SUCCESS, ...TOKENS, ttfb_us: 250_000 });
  });

  test('tokens that summarized the conversation are outside of the message’s own', async () => {
    await client.beta.messages.create(asked('compacts'));
    expect(await host.recorded()).toMatchObject({ input_tokens: 1070, output_tokens: 330 });
  });
});

describe('every way to a message', () => {
  test('the beta, parse, and the raw response', async () => {
    await client.beta.messages.create(asked());
    await client.messages.parse(asked());
    const response = await client.messages.create(asked()).asResponse();
    expect(await response.json()).toMatchObject({ id: MESSAGE_ID });
    const { data } = await client.messages.create(asked()).withResponse();
    expect(data.id).toBe(MESSAGE_ID);
    for (const call of await host.ended(4)) expect(call).toMatchObject({ ...SUCCESS, ...TOKENS });
  });

  test('the helper of streams, of both resources', async () => {
    expect(await client.messages.stream(asked()).finalText()).toBe('Hello');
    const stream = client.beta.messages.stream(asked());
    for await (const _ of stream) void _;
    for (const call of await host.ended(2)) expect(call).toMatchObject({ ...SUCCESS, ...TOKENS });
  });

  test('every turn of the tool runner is a call', async () => {
    const weather = betaTool({
      name: 'weather',
      description: 'The weather',
      inputSchema: { type: 'object', properties: {} },
      run: () => 'Rain',
    });
    const answer = await client.beta.messages.toolRunner({ ...asked('tool'), tools: [weather] });
    expect(answer.content).toMatchObject([{ text: 'Hello' }]);
    for (const call of await host.ended(2)) expect(call).toMatchObject({ ...SUCCESS, ...TOKENS });
  });
});

describe('what goes wrong', () => {
  test('an error reaches the caller, and the call has failed', async () => {
    await expect(client.messages.create(asked('broken'))).rejects.toThrow(Anthropic.RateLimitError);
    expect(await host.recorded()).toMatchObject({
      status: 'failed',
      error_reason: expect.stringContaining('Rate limited') as string,
    });
  });

  test('a request that the client repeats is one call', async () => {
    original = new Anthropic({ apiKey: 'none', baseURL: server.url, maxRetries: 2 });
    await wrap().messages.create(asked('flaky'));
    expect(server.requests).toHaveLength(2);
    expect(await host.recorded()).toMatchObject({ ...SUCCESS, ...TOKENS });
  });

  test('an aborted stream has its input tokens; how many came back is not known', async () => {
    const stream = client.messages.stream(asked('slow'));
    stream.on('text', () => {
      stream.abort();
    });
    await expect(stream.finalMessage()).rejects.toThrow(Anthropic.APIUserAbortError);
    expect(await host.recorded()).toMatchObject({
      status: 'failed',
      error_reason: 'The stream was aborted',
      input_tokens: 1000,
      cached_input_tokens: 800,
      output_tokens: null,
    });
  });

  test('one that is abandoned, and one that fails on its way', async () => {
    for await (const _ of await client.messages.create(streamed('slow'))) break;
    const broken = await client.messages.create(streamed('fails'));
    const read = async (): Promise<void> => {
      for await (const _ of broken) void _;
    };
    await expect(read()).rejects.toThrow('Overloaded');
    const reasons = (await host.ended(2)).map(({ status, error_reason }) => [status, error_reason]);
    expect(reasons).toEqual([
      ['failed', 'The stream was abandoned before its end'],
      ['failed', expect.stringContaining('Overloaded')],
    ]);
  });
});

test('the client stays as it was, and options are known ones', async () => {
  expect(client).toBeInstanceOf(Anthropic);
  await original.messages.create(asked());
  await client.withOptions({ timeout: 5000 }).messages.create(asked());
  expect(await host.recorded()).toMatchObject(SUCCESS);
  expect(() => wrap({ credit: () => 1 } as object)).toThrow('did you mean credits?');
  expect(() => wrap({ userDid: '' })).toThrow('userDid');
});
