import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NodeCallback, Overview, Problem } from '../../src/index.js';
import {
  createTestUsage,
  listen,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';

let host: TestUsage;
beforeAll(async () => {
  host = await createTestUsage();
});
afterAll(() => host.close());

async function withServer(
  listener: (callback: NodeCallback, request: IncomingMessage, response: ServerResponse) => void,
  work: (server: TestServer) => Promise<void>,
): Promise<void> {
  const callback = host.usage.callback();
  const node = createServer((request, response) => {
    listener(callback, request, response);
  });
  const server = await listen(node, '');
  try {
    await work(server);
  } finally {
    await server.close();
  }
}

test('plain http: the endpoints, and 404 for what is not one', async () => {
  await withServer(
    (callback, request, response) => {
      callback(request, response);
    },
    async (server) => {
      const answer = await server.get<Overview>('/api/usage/overview');
      expect([answer.status, answer.body.totals.calls]).toEqual([200, 0]);
      for (const path of [
        '/',
        '/api/usage',
        '/api/usage/',
        '/api/usage/nope',
        '/api/usages/overview',
      ]) {
        const missing = await server.get<Problem>(path);
        expect([path, missing.status, missing.body.code]).toEqual([path, 404, 'ROUTE_NOT_FOUND']);
      }
    },
  );
});

test('with next: what is outside the base path goes to the host', async () => {
  await withServer(
    (callback, request, response) => {
      callback(request, response, () => response.end('the host'));
    },
    async (server) => {
      expect((await server.get('/elsewhere')).text).toBe('the host');
      expect((await server.get('/api/usage/overview')).status).toBe(200);
    },
  );
});

test('mounted where Express strips the path', async () => {
  await withServer(
    (callback, request, response) => {
      const mounted = request as IncomingMessage & { originalUrl?: string };
      mounted.originalUrl = request.url ?? '';
      request.url = (request.url ?? '').replace('/api/usage', '');
      callback(mounted, response, () => response.end('the host'));
    },
    async (server) => {
      expect((await server.get('/api/usage/projects?pageSize=5')).status).toBe(200);
      expect((await server.get<Problem>('/api/usage/projects/x%2Fy/stats')).status).toBe(404);
    },
  );
});
