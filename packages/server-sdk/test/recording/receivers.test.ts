import { createServer, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { SpanStatusCode } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import express from 'express';
import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { receiveLiteLLM, receiveOtlp, wrapOpenAI, type CallReceiver } from '../../src/index.js';
import { CHAT_ID, startFakeOpenAI } from '../helpers/fake-openai.js';
import { openRecordingHost, type RecordingHost } from '../helpers/recording-host.js';

let host: RecordingHost;
let close: () => Promise<void> = async () => undefined;

beforeEach(async () => {
  host = await openRecordingHost();
});
afterEach(async () => {
  await close();
  await host.close();
});

/** Mounts a receiver on Node's http, or behind Express's body parser. @returns its URL */
async function mount(receiver: CallReceiver, isParsed = false): Promise<string> {
  const app = express();
  if (isParsed) app.use(express.json());
  app.use(receiver.callback);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => {
        resolve();
      });
    });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer> | object,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown }> {
  const isSent = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: isSent ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

describe('OTLP', () => {
  const receiver = (options = {}): CallReceiver =>
    receiveOtlp(host.usage.calls, { userAttribute: 'user.id', ...options });
  const ATTRIBUTES = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.usage.input_tokens': 1000,
    'gen_ai.usage.cache_read.input_tokens': 800,
    'gen_ai.usage.output_tokens': 300,
    'gen_ai.response.time_to_first_chunk': 0.25,
  };
  const toList = (attributes: object) =>
    Object.entries(attributes).map(([key, value]) => ({
      key,
      value: typeof value === 'string' ? { stringValue: value } : { doubleValue: Number(value) },
    }));
  const span = (spanId: string, attributes: object) => ({
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId,
    startTimeUnixNano: '1795000000000000000',
    endTimeUnixNano: '1795000001500250000',
    attributes: toList({ ...ATTRIBUTES, ...attributes }),
    status: {},
  });
  const exported = (...spans: object[]) => ({
    resourceSpans: [
      {
        resource: { attributes: toList({ 'service.name': 'shop' }) },
        scopeSpans: [{ scope: { name: 'test' }, spans }],
      },
    ],
  });

  test.each([['none'], ['gzip']])('the exporter of OpenTelemetry, compression %s', async (kind) => {
    const url = await mount(receiver({ appAttribute: 'service.name' }));
    type Options = NonNullable<ConstructorParameters<typeof OTLPTraceExporter>[0]>;
    const exporter = new OTLPTraceExporter({
      url,
      compression: kind as NonNullable<Options['compression']>,
    });
    const provider = new BasicTracerProvider({
      spanProcessors: [new SimpleSpanProcessor(exporter)],
    });
    const tracer = provider.getTracer('test');
    const ok = { ...ATTRIBUTES, 'user.id': 'alice', 'gen_ai.response.id': CHAT_ID };
    const startTime = 1_795_000_000_000;
    tracer.startSpan('chat', { startTime, attributes: ok }).end(startTime + 1500);
    const failed = tracer.startSpan('chat', {
      startTime: startTime + 1,
      attributes: { ...ATTRIBUTES, 'user.id': 'alice' },
    });
    failed.setStatus({ code: SpanStatusCode.ERROR, message: 'Rate limited' });
    failed.end(startTime + 2);
    tracer.startSpan('agent', { attributes: { 'gen_ai.operation.name': 'invoke_agent' } }).end();
    await provider.shutdown();
    expect(await host.ended(2)).toMatchObject([
      {
        id: `response:${CHAT_ID}`,
        user_did: 'alice',
        status: 'success',
        provider: 'openai',
        model: 'gpt-4o',
        started_at_ms: startTime,
        duration_us: 1_500_000,
        ttfb_us: 250_000,
        input_tokens: 1000,
        cached_input_tokens: 800,
        output_tokens: 300,
      },
      { status: 'failed', error_reason: 'Rate limited' },
    ]);
  });

  test('spans without a user or an id and with impossible times are rejected, and no other', async () => {
    const url = await mount(receiver({ appAttribute: 'service.name' }));
    const late = { ...span('3', { 'user.id': 'alice' }), startTimeUnixNano: '1' };
    const nameless = span('', { 'user.id': 'alice' });
    const body = exported(span('1', { 'user.id': 'alice' }), span('2', {}), late, nameless);
    const answer = await post(url, body);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        partialSuccess: {
          rejectedSpans: '3',
          errorMessage: expect.stringContaining('user.id') as string,
        },
      },
    });
    expect(await host.recorded()).toMatchObject({
      id: 'span:5b8efff798038103d269b633813fc60c-1',
      app_did: 'shop',
      duration_us: 1_500_250,
    });
  });

  test('the same spans again change nothing', async () => {
    const url = await mount(receiver());
    const body = exported(span('1', { 'user.id': 'alice' }));
    expect(await post(url, body)).toEqual({ status: 200, body: {} });
    expect(await post(url, body)).toEqual({ status: 200, body: {} });
    expect(await host.ended(1)).toHaveLength(1);
  });

  test('a call that this process records, and one that another stores at its end, are one', async () => {
    const openai = await startFakeOpenAI();
    const original = new OpenAI({ apiKey: 'none', baseURL: openai.baseURL });
    const reported = exported(span('1', { 'user.id': 'alice', 'gen_ai.response.id': CHAT_ID }));
    for (const recordAt of ['start', 'end'] as const) {
      // Another recorder, as another process has one.
      const calls = recordAt === 'start' ? host.usage.calls : { ...host.usage.calls };
      const client = wrapOpenAI(original, calls, { userDid: 'alice', recordAt });
      await client.chat.completions.create({ model: 'gpt-4o', messages: [] });
      const { handler } = receiver();
      const request = new Request('http://localhost/', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(reported),
      });
      expect(await (await handler(request)).json()).toEqual({});
      await host.recorded();
      await host.rows('model_calls').delete();
    }
    await openai.close();
  });

  test('bodies that are no JSON, of another kind, too large, or another method', async () => {
    const url = await mount(receiver({ maxBodyBytes: 10_000 }));
    const large = JSON.stringify({ resourceSpans: [], padding: 'x'.repeat(20_000) });
    expect((await post(url, '{')).status).toBe(400);
    expect((await post(url, '[]')).status).toBe(400);
    expect((await post(url, { resourceSpans: 1 })).status).toBe(400);
    expect((await post(url, 'x', { 'content-type': 'application/x-protobuf' })).status).toBe(415);
    expect((await post(url, 'x', { 'content-encoding': 'br' })).status).toBe(415);
    expect((await post(url, 'x', { 'content-encoding': 'gzip' })).status).toBe(400);
    expect((await post(url, large)).status).toBe(413);
    expect((await post(url, gzipSync(large), { 'content-encoding': 'gzip' })).status).toBe(413);
    expect((await fetch(url)).status).toBe(405);
    expect(await host.rows('model_calls')).toEqual([]);
  });

  test('a body without a length is bounded too, and its sender gets the response', async () => {
    const url = await mount(receiver({ maxBodyBytes: 10_000 }));
    const status = await new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json' };
      const sent = sendRequest(url, { method: 'POST', headers }, (response) => {
        resolve(response.statusCode);
        response.resume();
        sent.destroy();
      });
      sent.on('error', reject);
      for (let part = 0; part < 20; part += 1) sent.write(' '.repeat(1000));
    });
    expect(status).toBe(413);
  });

  test('while calls cannot be stored, the sender is to try again', async () => {
    const errors: unknown[] = [];
    const url = await mount(receiver({ onError: (error: unknown) => errors.push(error) }));
    await host.usage.stop();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(exported(span('1', { 'user.id': 'alice' }))),
    });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await response.json()).toEqual({ code: 14, message: expect.any(String) as string });
    expect(errors).toMatchObject([{ code: 'RECORDER_STOPPED' }]);
  });

  test('the attribute of the user is required', () => {
    expect(() => receiver({ userAttribute: '' })).toThrow('userAttribute');
    expect(() => receiver({ user: 'a' })).toThrow('did you mean userAttribute?');
  });
});

describe('LiteLLM', () => {
  const payload = (fields: object = {}) => ({
    id: CHAT_ID,
    trace_id: 'trace-1',
    call_type: 'acompletion',
    status: 'success',
    response_cost: 0.00421755,
    response_cost_failure_debug_info: null,
    custom_llm_provider: 'anthropic',
    model: 'claude',
    startTime: 1_795_000_000.25,
    endTime: 1_795_000_001.75,
    completionStartTime: 1_795_000_000.5,
    prompt_tokens: 1000,
    completion_tokens: 300,
    total_tokens: 1300,
    end_user: 'alice',
    metadata: {
      user_api_key_user_id: 'key-owner',
      usage_object: {
        prompt_tokens: 1000,
        completion_tokens: 300,
        total_tokens: 1300,
        prompt_tokens_details: { cached_tokens: 800, cache_creation_tokens: 50 },
        completion_tokens_details: { reasoning_tokens: 200 },
      },
    },
    error_str: null,
    ...fields,
  });
  const CALL = {
    id: `response:${CHAT_ID}`,
    trace_id: 'trace-1',
    user_did: 'alice',
    status: 'success',
    provider: 'anthropic',
    model: 'claude',
    type: 'chatCompletion',
    started_at_ms: 1_795_000_000_250,
    duration_us: 1_500_000,
    ttfb_us: 250_000,
    input_tokens: 1000,
    cached_input_tokens: 800,
    cache_write_tokens: 50,
    output_tokens: 300,
    reasoning_tokens: 200,
    cost_e10: 42_175_500,
    currency: 'USD',
    cost_source: 'reported',
  };

  test.each([
    ['one', false],
    ['one, behind a body parser', true],
  ])('%s payload', async (_name, isParsed) => {
    const url = await mount(receiveLiteLLM(host.usage.calls), isParsed);
    const answer = await post(url, payload());
    expect(answer).toEqual({ status: 200, body: { received: 1, rejected: [] } });
    const { metadata, ...call } = await host.recorded();
    expect(call).toMatchObject(CALL);
    expect(JSON.parse(String(metadata))).toMatchObject({ usage: { prompt_tokens: 1000 } });
  });

  test('a list, of which one has failed, one has no price and one no user', async () => {
    const url = await mount(receiveLiteLLM(host.usage.calls));
    const failed = {
      id: 'call-00000000000000000001',
      status: 'failure',
      error_str: 'Rate limited',
    };
    const unpriced = {
      id: 'chatcmpl-00000000000000000002',
      response_cost: 0,
      response_cost_failure_debug_info: { error_str: 'No price' },
      call_type: 'aembedding',
      completionStartTime: 1_795_000_001.75,
    };
    const list = [payload(), payload(failed), payload(unpriced), payload({ end_user: null }), 1];
    const { body } = await post(url, list);
    expect(body).toMatchObject({
      received: 5,
      rejected: [
        expect.stringContaining('no user'),
        expect.stringContaining('StandardLoggingPayload'),
      ],
    });
    const calls = await host.ended(3);
    const find = (id: string) => calls.find((call) => call['id'] === `response:${id}`);
    expect(find(failed.id)).toMatchObject({ status: 'failed', error_reason: 'Rate limited' });
    expect(find(unpriced.id)).toMatchObject({
      cost_e10: null,
      cost_source: null,
      type: 'embedding',
      ttfb_us: null,
    });
  });

  test('user and project as the host reads them; the same payload again changes nothing', async () => {
    const errors: unknown[] = [];
    const { handler } = receiveLiteLLM(host.usage.calls, {
      userOf: ({ metadata }) => {
        const { user_api_key_user_id } = metadata as { user_api_key_user_id: string };
        return user_api_key_user_id;
      },
      appOf: () => 'gateway',
      onError: (error) => errors.push(error),
    });
    const send = async (body: object): Promise<unknown> => {
      const request = new Request('http://localhost/', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return (await handler(request)).json();
    };
    await send(payload());
    await send(payload());
    expect(await host.recorded()).toMatchObject({ user_did: 'key-owner', app_did: 'gateway' });
    expect(await send(payload({ metadata: null }))).toMatchObject({
      rejected: [expect.stringContaining('no user')],
    });
    expect(errors).toHaveLength(1);
  });
});
