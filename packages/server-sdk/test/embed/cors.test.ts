import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createTestUsage,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { EMBED, forge, PAGE } from '../helpers/embed-fixture.js';

let host: TestUsage;
let server: TestServer;
beforeAll(async () => {
  host = await createTestUsage({ embed: EMBED });
  server = await serveInKoa(host.usage);
});
afterAll(async () => {
  await server.close();
  await host.close();
});

const CORS = 'access-control-allow-origin';
const VARY = 'Authorization, Cookie, Origin';
const OTHERS = [
  'https://evil.example',
  'null',
  'https://app.example.evil.example',
  'https://evil.example/https://app.example',
  'https://app.example:444',
  'http://app.example',
  'https://APP.EXAMPLE',
  'https://xn--app-example',
  'https://app.example.',
  'https://app.example/',
  '*',
  '',
];

describe('tokens', () => {
  test('a listed page may read the answer, and what went wrong; cookies are never asked for', async () => {
    for (const [authorization, status] of [
      [`Bearer ${await forge({})}`, 200],
      ['Bearer nonsense', 401],
    ] as const) {
      const { headers, ...answer } = await server.get('/overview', {
        user: null,
        headers: { origin: PAGE, authorization },
      });
      expect(answer.status).toBe(status);
      expect(headers.get(CORS)).toBe(PAGE);
      expect(headers.get('access-control-allow-credentials')).toBeNull();
      expect(headers.get('access-control-expose-headers')).toBe(
        'ETag, Retry-After, X-Request-Id, Content-Disposition',
      );
      expect(headers.get('vary')).toBe(VARY);
    }
  });

  test('a page without a token yet may read that it needs one', async () => {
    const answer = await server.get('/overview', { user: null, headers: { origin: PAGE } });
    expect([answer.status, answer.headers.get(CORS)]).toEqual([401, PAGE]);
  });

  test.each(OTHERS)(
    'a page of %j may read nothing, and a token is no good there',
    async (origin) => {
      const authorization = `Bearer ${await forge({})}`;
      const answer = await server.get('/overview', {
        user: null,
        headers: { origin, authorization },
      });
      expect([answer.status, answer.headers.get(CORS), answer.headers.get('vary')]).toEqual([
        403,
        null,
        VARY,
      ]);
    },
  );

  test('an answer that has not changed may be read too', async () => {
    const authorization = `Bearer ${await forge({})}`;
    const ask = (extra: Record<string, string>) =>
      server.get('/overview', { user: null, headers: { origin: PAGE, authorization, ...extra } });
    const etag = (await ask({})).headers.get('etag') ?? '';
    const again = await ask({ 'if-none-match': etag });
    expect([again.status, again.headers.get(CORS), again.headers.get('vary')]).toEqual([
      304,
      PAGE,
      VARY,
    ]);
  });
});

describe('sessions', () => {
  test.each([PAGE, 'https://evil.example', 'null'])(
    'an answer to a cookie is for pages of the host alone: %s',
    async (origin) => {
      const headers = { origin, cookie: 'session=alice' };
      const answer = await server.get('/overview', { user: 'alice', headers });
      expect([answer.status, answer.headers.get(CORS), answer.headers.get('vary')]).toEqual([
        200,
        null,
        VARY,
      ]);
    },
  );

  test('no page of another origin is sent to by default', async () => {
    const plain = await createTestUsage();
    const other = await serveInKoa(plain.usage);
    const preflight = { origin: PAGE, 'access-control-request-method': 'GET' };
    const answers = [
      await other.get('/overview', { headers: { origin: PAGE } }),
      await other.get('/overview', { method: 'OPTIONS', user: null, headers: preflight }),
    ];
    expect(answers.map(({ headers }) => headers.get(CORS))).toEqual([null, null]);
    await other.close();
    await plain.close();
  });
});

describe('preflights', () => {
  const preflight = (headers: Record<string, string>) =>
    server.get('/projects/app/calls', { method: 'OPTIONS', user: null, headers });
  const asking = { origin: PAGE, 'access-control-request-method': 'GET' };

  test('a listed page is allowed before anyone signs in, for as long as browsers cache it', async () => {
    const { status, headers, text } = await preflight({
      ...asking,
      'access-control-request-headers': 'authorization',
    });
    expect([status, text]).toEqual([204, '']);
    expect(Object.fromEntries(headers)).toMatchObject({
      [CORS]: PAGE,
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': 'Authorization, Accept, Content-Type, Idempotency-Key',
      'access-control-max-age': '7200',
      vary: VARY,
    });
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  test.each([
    ['another origin', { ...asking, origin: 'https://evil.example' }],
    ['the origin null', { ...asking, origin: 'null' }],
    ['another method', { ...asking, 'access-control-request-method': 'DELETE' }],
    ['a method in lower case', { ...asking, 'access-control-request-method': 'get' }],
    ['no method', { origin: PAGE }],
    ['another header', { ...asking, 'access-control-request-headers': 'authorization, x-user' }],
    ['a cookie header', { ...asking, 'access-control-request-headers': 'cookie' }],
  ])('%s is 204 and allows nothing', async (_name, headers: Record<string, string>) => {
    const answer = await preflight(headers);
    expect([answer.status, answer.text, answer.headers.get(CORS)]).toEqual([204, '', null]);
    expect(answer.headers.get('access-control-allow-methods')).toBeNull();
    expect(answer.headers.get('vary')).toBe(VARY);
  });

  test('a preflight with credentials of a user reveals nothing of them', async () => {
    const authorization = `Bearer ${await forge({})}`;
    const answer = await preflight({ ...asking, authorization, cookie: 'session=alice' });
    expect([answer.status, answer.text]).toEqual([204, '']);
  });
});
