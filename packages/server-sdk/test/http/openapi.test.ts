import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import openapiTS, { astToString } from 'openapi-typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXPORT_ROUTES, ROUTES, WRITE_ROUTES, buildOpenApiDocument } from '../../src/index.js';
import {
  createTestUsage,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { readUsage } from '../../examples/typed-client/read-usage.js';

let host: TestUsage;
let server: TestServer;
beforeAll(async () => {
  host = await createTestUsage();
  server = await serveInKoa(host.usage);
});
afterAll(async () => {
  await server.close();
  await host.close();
});

const text = JSON.stringify(buildOpenApiDocument('/api/usage'), null, 2);

test('is sound by a linter’s rules', async () => {
  const config = await createConfig({
    extends: ['recommended'],
    rules: {
      // Where the endpoints are is the host's: a relative server is meant.
      'no-server-example.com': 'off',
    },
  });
  const problems = await lintFromString({ source: text, absoluteRef: 'openapi.json', config });
  expect(
    problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
  ).toEqual([]);
});

test('lists every route, with every status that it answers', () => {
  const { openapi, paths } = JSON.parse(text) as {
    openapi: string;
    paths: Record<string, { get?: { responses: object } }>;
  };
  expect(openapi).toBe('3.1.0');
  const routes = [
    ...Object.values(ROUTES),
    ...Object.values(WRITE_ROUTES).map(({ path }) => path),
    ...Object.values(EXPORT_ROUTES),
  ];
  const expected = routes.map((path) => path.replace(/:(\w+)/g, '{$1}'));
  expect(new Set(Object.keys(paths))).toEqual(new Set(expected));
  for (const [path, { get }] of Object.entries(paths)) {
    if (!get) continue;
    const isFile = path.startsWith('/exports/');
    expect(Object.keys(get.responses)).toEqual(
      expect.arrayContaining(
        ['200', isFile ? '404' : '304', '400', '401', '403', '429', '500', '503'].sort(),
      ),
    );
  }
});

test('is served to anyone, once, and may be turned off', async () => {
  const { status, headers, body } = await server.get('/openapi.json', { user: null });
  expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  expect(body).toEqual(JSON.parse(text));
  const etag = headers.get('etag') ?? '';
  expect(
    (await server.get('/openapi.json', { user: null, headers: { 'if-none-match': etag } })).status,
  ).toBe(304);
  const closed = await createTestUsage({ openapi: false });
  const other = await serveInKoa(closed.usage);
  expect((await other.get('/openapi.json')).status).toBe(404);
  await other.close();
  await closed.close();
});

test('the types of the example’s client are those of the document', async () => {
  const types = astToString(await openapiTS(text));
  const kept = readFileSync(
    new URL('../../examples/typed-client/usage-api.ts', import.meta.url),
    'utf8',
  );
  const bare = (source: string): string => source.replace(/\/\*[\s\S]*?\*\/|[\s;"',|]/g, '');
  // npm run client-types writes them again.
  expect(bare(kept)).toBe(bare(types));
});

test('another service reads with the typed client', async () => {
  expect(await readUsage(`${server.url}/api/usage`, { 'x-user': 'alice' })).toEqual({
    calls: 0,
    projects: [],
  });
  await expect(readUsage(`${server.url}/api/usage`, {})).rejects.toThrow('UNAUTHENTICATED');
});
