import { request as sendHttp } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import Koa from 'koa';
import { z } from 'zod';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UsageError } from '../../src/errors.js';
import type { Problem } from '../../src/index.js';
import { createTestUsage, type TestUsage } from '../helpers/create-test-usage.js';
import { ALL, EMBED } from '../helpers/embed-fixture.js';

const written = vi.hoisted(() => ({
  notes: [] as object[],
  failures: 0,
  gate: null as Promise<void> | null,
}));

/** An endpoint of each kind, in place of those of the contract: what is tested is what all of them share. */
vi.mock('../../src/http/endpoints/write-endpoints.js', async () => {
  const { defineWriteEndpoint } = await import('../../src/http/endpoints/define-write-endpoint.js');
  const note = defineWriteEndpoint({
    route: { method: 'POST', path: '/notes/:noteId' },
    name: 'writeNote',
    summary: 'A note',
    scope: 'alerts:write',
    body: z.strictObject({ text: z.string().max(70_000) }),
    response: z.object({ id: z.string(), text: z.string() }),
    status: 201,
    handle: async (_deps, { userDid, projects, params, newId, body }) => {
      if (written.gate !== null) await written.gate;
      if (written.failures > 0) {
        written.failures -= 1;
        throw new UsageError('DATABASE_BUSY', 'Busy.');
      }
      written.notes.push({ userDid, projects, ...params, text: body.text });
      return { id: newId, text: body.text };
    },
  });
  const remove = defineWriteEndpoint({
    route: { method: 'DELETE', path: '/notes/:noteId' },
    name: 'deleteNote',
    summary: 'No note',
    scope: 'alerts:write',
    body: null,
    response: null,
    handle: (_deps, { userDid, params }) => {
      written.notes.push({ userDid, deleted: params['noteId'] });
      return Promise.resolve(null);
    },
  });
  return { WRITE_ENDPOINTS: {}, WRITE_ENDPOINT_LIST: [note, remove] };
});

interface Answer {
  status: number;
  headers: Headers;
  json: Partial<Problem> & { id?: string };
}

let host: TestUsage;
let url: string;
const servers: { close(): void }[] = [];
beforeAll(async () => {
  host = await createTestUsage({ embed: EMBED });
  url = await serve(host.usage.callback());
});
afterAll(async () => {
  for (const server of servers) server.close();
  await host.close();
});
beforeEach(() => {
  written.notes = [];
  written.gate = null;
});

async function serve(listener: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/usage`;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const ALICE = { 'x-user': 'alice', ...JSON_TYPE };

async function send(
  options: {
    method?: string;
    path?: string;
    headers?: Record<string, string>;
    body?: string | null;
    base?: string;
  } = {},
): Promise<Answer> {
  const { method = 'POST', path = '/notes/n1', headers = ALICE, base = url } = options;
  const { body = '{"text":"hello"}' } = options;
  const response = await fetch(base + path, { method, headers, body });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    json: (text === '' ? {} : JSON.parse(text)) as Answer['json'],
  };
}

async function expectRefused(answer: Promise<Answer>, status: number, code: string): Promise<void> {
  const { status: got, json } = await answer;
  expect([got, json.code]).toEqual([status, code]);
  expect(written.notes).toEqual([]);
}

describe('a request that writes', () => {
  test('is written for the user who is signed in, and answered', async () => {
    const { status, json, headers } = await send({ path: '/notes/caf%C3%A9' });
    expect([status, json]).toEqual([201, { id: json.id, text: 'hello' }]);
    expect(headers.get('etag')).toBeNull();
    expect(written.notes).toEqual([
      { userDid: 'alice', projects: null, noteId: 'café', text: 'hello' },
    ]);
  });

  test('has no body in its response where there is nothing to say', async () => {
    const answer = await send({ method: 'DELETE', body: null });
    expect([answer.status, answer.json]).toEqual([204, {}]);
    expect(written.notes).toEqual([{ userDid: 'alice', deleted: 'n1' }]);
  });

  test('needs a user', async () => {
    await expectRefused(send({ headers: JSON_TYPE }), 401, 'UNAUTHENTICATED');
  });

  test('names what may be done at its path', async () => {
    const { status, headers } = await send({ method: 'PUT' });
    expect([status, headers.get('allow')]).toEqual([405, 'POST, DELETE, OPTIONS']);
    expect((await send({ method: 'GET', body: null })).status).toBe(405);
    const overview = await send({ path: '/overview' });
    expect([overview.status, overview.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });
});

describe('pages of another origin', () => {
  const own = (): string => new URL(url).origin;
  test.each<[name: string, headers: Record<string, string>]>([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a form of text', { 'content-type': 'text/plain' }],
    ['a form of text that says JSON', { 'content-type': 'text/plain; application/json' }],
    ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['JSON of another name', { 'content-type': 'application/jsonp' }],
    ['compressed JSON', { ...JSON_TYPE, 'content-encoding': 'gzip' }],
  ])('%s is no JSON', async (_name, headers) => {
    await expectRefused(
      send({ headers: { 'x-user': 'alice', ...headers } }),
      415,
      'CONTENT_TYPE_INVALID',
    );
  });

  test('no content type is no JSON, with a body or without', async () => {
    const body = new TextEncoder().encode('{"text":"a"}');
    const answer = await fetch(`${url}/notes/n1`, {
      method: 'POST',
      headers: { 'x-user': 'alice' },
      body,
    });
    expect(answer.status).toBe(415);
    const empty = { method: 'DELETE', headers: { 'x-user': 'alice' }, body: null };
    await expectRefused(send(empty), 415, 'CONTENT_TYPE_INVALID');
  });

  test.each<[name: string, headers: Record<string, string>]>([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a subdomain', { 'sec-fetch-site': 'same-site' }],
    ['a bookmark', { 'sec-fetch-site': 'none' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['the same host with another port', { origin: 'http://127.0.0.1:1' }],
    ['another site that claims our origin', { 'sec-fetch-site': 'cross-site', origin: 'OWN' }],
  ])('%s is refused', async (_name, headers) => {
    const given = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value === 'OWN' ? own() : value]),
    );
    await expectRefused(send({ headers: { ...ALICE, ...given } }), 403, 'ORIGIN_FORBIDDEN');
  });

  test('pages of the own origin write, also behind a proxy', async () => {
    const headers: Record<string, string>[] = [
      { 'sec-fetch-site': 'same-origin', origin: 'https://told.example' },
      { origin: own() },
      { origin: 'https://usage.example', 'x-forwarded-host': 'usage.example' },
    ];
    for (const given of headers) {
      expect((await send({ headers: { ...ALICE, ...given } })).status).toBe(201);
    }
  });

  test('a preflight allows nothing to a session’s page', async () => {
    const headers = {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const answer = await send({ method: 'OPTIONS', headers, body: null });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('embed tokens', () => {
  const ORIGIN = EMBED.origins[0] ?? '';
  const bearer = async (
    scopes: Parameters<TestUsage['usage']['createEmbedToken']>[0]['scopes'],
  ): Promise<Record<string, string>> => {
    const token = await host.usage.createEmbedToken({ userDid: 'alice', projects: ['a'], scopes });
    return { ...JSON_TYPE, authorization: `Bearer ${token}` };
  };

  test('write with the scope for it, for their projects, from listed pages', async () => {
    const headers = await bearer(['alerts:write']);
    const answer = await send({
      headers: { ...headers, origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(written.notes).toMatchObject([{ userDid: 'alice', projects: ['a'] }]);
  });

  test('are refused without the scope, and from other pages', async () => {
    const headers = await bearer(['overview:read', 'advice:write']);
    await expectRefused(send({ headers }), 403, 'SCOPE_FORBIDDEN');
    const foreign = { ...(await bearer(['alerts:write'])), origin: 'https://evil.example' };
    await expectRefused(send({ headers: foreign }), 403, 'ORIGIN_FORBIDDEN');
    expect(ALL.scopes).not.toContain('alerts:write');
  });

  test('a preflight allows a listed page the methods of the path and the key', async () => {
    const headers = {
      origin: ORIGIN,
      'access-control-request-method': 'DELETE',
      'access-control-request-headers': 'authorization,content-type,idempotency-key',
    };
    const { headers: given } = await send({ method: 'OPTIONS', headers, body: null });
    expect(given.get('access-control-allow-methods')).toBe('POST, DELETE');
    const read = await send({ method: 'OPTIONS', path: '/overview', headers, body: null });
    expect(read.headers.get('access-control-allow-methods')).toBeNull();
  });
});

describe('bodies', () => {
  test.each([
    ['no JSON', '{"text":', 'BODY_INVALID'],
    ['nothing', '', 'BODY_INVALID'],
    ['a list', '[]', 'BODY_INVALID'],
    ['null', 'null', 'BODY_INVALID'],
    ['a missing member', '{}', 'BODY_INVALID'],
    ['an unknown member', '{"text":"a","userDid":"bob"}', 'BODY_INVALID'],
    ['a prototype', '{"text":"a","__proto__":{"userDid":"bob"}}', 'BODY_INVALID'],
    ['a member of another type', '{"text":7}', 'BODY_INVALID'],
  ])('%s is refused', async (_name, body, code) => {
    await expectRefused(send({ body }), 400, code);
  });

  test('the faults are named', async () => {
    const { json } = await send({ body: '{"text":7,"more":1}' });
    expect(json.errors?.map(({ parameter }) => parameter)).toEqual(['text', 'more']);
  });

  test('bytes that are no UTF-8 are refused', async () => {
    const body = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]);
    const { status } = await fetch(`${url}/notes/n1`, { method: 'POST', headers: ALICE, body });
    expect([status, written.notes]).toEqual([400, []]);
  });

  test('a large body is refused, by its length and while it is read', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(66_000) });
    await expectRefused(send({ body }), 413, 'BODY_TOO_LARGE');
    expect(await sendChunked(body)).toBe(413);
    expect(written.notes).toEqual([]);
  });

  test('parameters in the URL are refused', async () => {
    await expectRefused(send({ path: '/notes/n1?userDid=bob' }), 400, 'PARAMETER_INVALID');
  });

  test('a path that is not UTF-8 or names nothing is refused', async () => {
    await expectRefused(send({ path: '/notes/%ff' }), 400, 'PATH_INVALID');
    await expectRefused(send({ path: '/notes/%00' }), 404, 'ROUTE_NOT_FOUND');
  });

  async function sendChunked(body: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = { ...ALICE, 'transfer-encoding': 'chunked' };
      const request = sendHttp(`${url}/notes/n1`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on('error', reject);
      request.end(body);
    });
  }
});

describe('mounts', () => {
  test('a host’s body parser may have read the body', async () => {
    const callback = host.usage.callback();
    const base = await serve((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
        callback(Object.assign(request, { body }), response);
      })();
    });
    expect((await send({ base })).status).toBe(201);
    expect(written.notes).toMatchObject([{ text: 'hello' }]);
  });

  test('Koa and web handlers write too', async () => {
    const router = host.usage.router();
    const app = new Koa().use(router.routes());
    expect((await send({ base: await serve(app.callback()) })).status).toBe(201);
    const response = await host.usage.handler()(
      new Request('http://x.example/api/usage/notes/n1', {
        method: 'POST',
        headers: ALICE,
        body: '{"text":"web"}',
      }),
    );
    expect([response.status, written.notes.length]).toEqual([201, 2]);
  });
});

describe('an Idempotency-Key', () => {
  let count = 0;
  const keyed = (key: string): Record<string, string> => ({ ...ALICE, 'idempotency-key': key });
  const newKey = (): string => `key-${String((count += 1)).padStart(8, '0')}`;

  test('writes once, and later attempts get the first response', async () => {
    const headers = keyed(newKey());
    const first = await send({ headers });
    const again = await send({ headers });
    expect([again.status, again.json]).toEqual([201, first.json]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(written.notes).toHaveLength(1);
    host.clock.nowMs += 25 * 3_600_000;
    expect((await send({ headers })).headers.get('idempotency-replayed')).toBeNull();
  });

  test('of another request is refused', async () => {
    const headers = keyed(newKey());
    await send({ headers });
    for (const other of [{ body: '{"text":"other"}' }, { path: '/notes/n2' }]) {
      const { status, json } = await send({ headers, ...other });
      expect([status, json.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    }
    expect(written.notes).toHaveLength(1);
  });

  test('of another user is another key', async () => {
    const headers = keyed(newKey());
    const [a, b] = [
      await send({ headers }),
      await send({ headers: { ...headers, 'x-user': 'bob' } }),
    ];
    expect([a.status, b.status]).toEqual([201, 201]);
    expect(a.json.id).not.toBe(b.json.id);
  });

  test('is in use while the first attempt is in progress', async () => {
    const headers = keyed(newKey());
    let open: () => void = () => undefined;
    written.gate = new Promise((resolve) => {
      open = resolve;
    });
    const attempts = Array.from({ length: 3 }, () => send({ headers }));
    const refused = await Promise.race(attempts);
    expect([refused.status, refused.json.code]).toEqual([409, 'IDEMPOTENCY_KEY_IN_USE']);
    expect(refused.headers.get('retry-after')).toBe('2');
    open();
    written.gate = null;
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(written.notes).toHaveLength(1);
  });

  test('of an attempt that failed may be tried again, with the same id', async () => {
    const headers = keyed(newKey());
    written.failures = 1;
    expect((await send({ headers })).status).toBe(503);
    expect((await send({ headers })).status).toBe(201);
    expect(written.notes).toHaveLength(1);
  });

  test.each(['short', 'x'.repeat(129), 'with a space in it'])('%s is no key', async (key) => {
    await expectRefused(send({ headers: keyed(key) }), 400, 'PARAMETER_INVALID');
  });
});
