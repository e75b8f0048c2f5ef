import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TestUsage } from '../helpers/create-test-usage.js';
import { ALL, EMBED } from '../helpers/embed-fixture.js';
import { written } from '../helpers/note-endpoints.js';
import { ALICE, JSON_TYPE, NoteHost, expectRefused } from '../helpers/note-host.js';

vi.mock('../../src/http/endpoints/write-endpoints.js', async () => {
  const { NOTE_ENDPOINTS } = await import('../helpers/note-endpoints.js');
  return NOTE_ENDPOINTS;
});

let notes: NoteHost;
beforeAll(async () => {
  notes = await NoteHost.open();
});
afterAll(() => notes.close());
beforeEach(() => {
  written.notes = [];
  written.gate = null;
});
const send: NoteHost['send'] = (request) => notes.send(request);

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
  const own = (): string => new URL(notes.url).origin;
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
    const answer = await fetch(`${notes.url}/notes/n1`, {
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
    const token = await notes.host.usage.createEmbedToken({
      userDid: 'alice',
      projects: ['a'],
      scopes,
    });
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
