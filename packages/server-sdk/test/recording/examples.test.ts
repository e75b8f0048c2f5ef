import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runWithUsageContext } from '../../src/index.js';
import { askClaude } from '../../examples/recording/anthropic.js';
import { askGemini } from '../../examples/recording/google.js';
import { createIngest } from '../../examples/recording/receivers.js';
import { createTracing } from '../../examples/recording/telemetry.js';
import { listen } from '../helpers/create-test-usage.js';
import { startFakeAnthropic } from '../helpers/fake-anthropic.js';
import { startFakeGoogle } from '../helpers/fake-google.js';
import { startFakeOpenAI } from '../helpers/fake-openai.js';
import { openRecordingHost, type RecordingHost } from '../helpers/recording-host.js';

const EXAMPLES = fileURLToPath(new URL('../../examples/recording/', import.meta.url));
const README = fileURLToPath(new URL('../../README.md', import.meta.url));

let host: RecordingHost;

beforeEach(async () => {
  host = await openRecordingHost();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await host.close();
});

test.each(readdirSync(EXAMPLES))('the README shows %s, which is run here', (file) => {
  const example = readFileSync(EXAMPLES + file, 'utf8').trim();
  expect(readFileSync(README, 'utf8')).toContain(example);
});

test('Anthropic’s client', async () => {
  const server = await startFakeAnthropic();
  vi.stubEnv('ANTHROPIC_BASE_URL', server.url);
  vi.stubEnv('ANTHROPIC_API_KEY', 'none');
  expect(await askClaude(host.usage, 'alice', 'Hi')).toBe('Hello');
  expect(await host.recorded()).toMatchObject({ user_did: 'alice', total_tokens: 1300 });
  await server.close();
});

test('Google’s client', async () => {
  const server = await startFakeGoogle();
  vi.stubEnv('GOOGLE_GEMINI_BASE_URL', server.url);
  vi.stubEnv('GEMINI_API_KEY', 'none');
  expect(await askGemini(host.usage, 'alice', 'Hi')).toBe('Hello');
  expect(await host.recorded()).toMatchObject({ user_did: 'alice', total_tokens: 1300 });
  await server.close();
});

test('the AI SDK', async () => {
  const server = await startFakeOpenAI();
  vi.stubEnv('OPENAI_BASE_URL', server.baseURL);
  vi.stubEnv('OPENAI_API_KEY', 'none');
  // Its provider reads the environment when it is loaded.
  const { askModel } = await import('../../examples/recording/ai-sdk.js');
  const ask = (): Promise<string> => askModel(host.usage, 'Hi');
  expect(await runWithUsageContext({ userDid: 'alice' }, ask)).toBe('Hello');
  expect(await host.recorded()).toMatchObject({ user_did: 'alice', total_tokens: 12 });
  await server.close();
});

test('spans of OpenTelemetry', async () => {
  const tracing = createTracing(host.usage);
  const attributes = {
    'user.id': 'alice',
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'm',
  };
  tracing.getTracer('test').startSpan('chat', { attributes }).end();
  await tracing.shutdown();
  expect(await host.recorded()).toMatchObject({ user_did: 'alice', model: 'm' });
});

test('calls that other programs report, behind a check of who they are', async () => {
  const app = createIngest(host.usage, (request, response, next) => {
    if (request.headers.authorization === 'Bearer secret') next();
    else response.sendStatus(401);
  });
  const server = await listen(createServer(app), '');
  const payload = {
    id: 'chatcmpl-00000000000000000001',
    status: 'success',
    model: 'm',
    end_user: 'alice',
    startTime: 1_795_000_000,
  };
  const send = async (path: string, body: object, authorization: string): Promise<number> => {
    const headers = { 'content-type': 'application/json', authorization };
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    return (await fetch(server.url + path, request)).status;
  };
  expect(await send('/litellm', payload, 'Bearer other')).toBe(401);
  expect(await send('/litellm', payload, 'Bearer secret')).toBe(200);
  expect(await send('/v1/traces', { resourceSpans: [] }, 'Bearer secret')).toBe(200);
  expect(await host.recorded()).toMatchObject({ user_did: 'alice', model: 'm' });
  await server.close();
});
