import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createTestUsage,
  NOW_MS,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
let made: TestUsage;
let server: TestServer;
let isBroken = false;
beforeEach(async () => {
  isBroken = false;
  made = await createTestUsage({
    tracer: provider.getTracer('usage-kit'),
    authenticate: ({ headers }) => {
      if (isBroken) throw new Error('The session store is down: secret of alice');
      const user = headers['x-user'];
      return typeof user === 'string' ? { userDid: user } : null;
    },
  });
  server = await serveInKoa(made.usage);
  exporter.reset();
});
afterEach(async () => {
  await server.close();
  await made.close();
});

const CALL = { userDid: 'did:abt:alice', appDid: 'secret-project', model: 'm' };

/** A span as it is compared. */
function describeSpan({ name, kind, attributes, status }: ReadableSpan): object {
  return { name, kind, attributes, code: status.code };
}

test('each request is a span with its route and status, and names no user, project or parameter', async () => {
  await made.usage.calls.record({ ...CALL, id: 'a', status: 'success', startedAt: NOW_MS - 1000 });
  await server.get('/overview?timeZone=Asia/Tokyo', { user: CALL.userDid });
  await server.get('/projects/secret-project/stats', { user: CALL.userDid });
  await server.get('/projects/secret-other/stats', { user: CALL.userDid });
  await server.get('/overview', { user: null });
  await server.get('/overview', { method: 'PURGE' });
  isBroken = true;
  await server.get('/trends');

  const route = (path: string): string => `/api/usage${path}`;
  const span = (method: string, path: string, status: number): object => ({
    name: `${method === '_OTHER' ? 'HTTP' : method} ${path}`,
    kind: SpanKind.SERVER,
    attributes: {
      'http.request.method': method,
      'http.route': route(path),
      'http.response.status_code': status,
      ...(status >= 500 ? { 'error.type': String(status) } : {}),
    },
    code: status >= 500 ? SpanStatusCode.ERROR : SpanStatusCode.UNSET,
  });
  const spans = exporter.getFinishedSpans();
  expect(spans.map(describeSpan)).toEqual([
    span('GET', '/overview', 200),
    span('GET', '/projects/:appDid/stats', 200),
    span('GET', '/projects/:appDid/stats', 404),
    span('GET', '/overview', 401),
    span('_OTHER', '/overview', 405),
    span('GET', '/trends', 500),
  ]);
  const all = JSON.stringify(
    spans.map(({ name, attributes, events }) => [name, attributes, events]),
  );
  expect(all).not.toMatch(/alice|secret|Tokyo/);
});

test('each run of the rollup is a span with what it did, one that joins another is none', async () => {
  await made.usage.calls.record({ ...CALL, id: 'a', status: 'success', startedAt: NOW_MS - 9e6 });
  const [first] = await Promise.all([made.usage.rollup.run(), made.usage.rollup.run()]);
  const [span, ...others] = exporter.getFinishedSpans();
  expect(others).toEqual([]);
  expect(span && describeSpan(span)).toEqual({
    name: 'usage-kit.rollup',
    kind: SpanKind.INTERNAL,
    attributes: {
      'usage_kit.rollup.skipped': false,
      'usage_kit.rollup.hours': first.hours,
      'usage_kit.rollup.rebuilt_hours': 0,
      'usage_kit.rollup.abandoned_calls': 0,
    },
    code: SpanStatusCode.UNSET,
  });
  expect(first.hours).toBeGreaterThan(0);
});

test('a run that fails is a span with the name of the error alone', async () => {
  await made.usage.stop();
  exporter.reset();
  await expect(made.usage.rollup.run()).rejects.toThrow();
  const [span] = exporter.getFinishedSpans();
  expect(span?.status).toEqual({ code: SpanStatusCode.ERROR });
  expect(span?.attributes['error.type']).toEqual(expect.any(String));
});
