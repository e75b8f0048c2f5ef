import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  NOW_MS,
  createTestUsage,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';

let host: TestUsage;
let server: TestServer;
const PROJECTS = ['app', 'other', 'third'];

beforeAll(async () => {
  host = await createTestUsage({ limits: { requestsPerMinute: false } });
  server = await serveInKoa(host.usage);
  await host.usage.calls.record(
    PROJECTS.map((appDid) => ({
      userDid: 'alice',
      appDid,
      model: 'm',
      status: 'success' as const,
      startedAt: NOW_MS - 1000,
    })),
  );
});
afterAll(async () => {
  await server.close();
  await host.close();
});

describe('headers', () => {
  test.each([
    ['x-request-id', 'forged'],
    ['x-forwarded-for', '127.0.0.1'],
    ['x-forwarded-host', 'evil.example'],
    ['x-http-method-override', 'DELETE'],
    ['x-original-url', '/api/usage/projects/other/stats'],
    ['range', 'bytes=0-10'],
    ['accept', 'text/html'],
    ['accept-language', '*'],
    ['content-type', 'application/x-www-form-urlencoded'],
    ['if-none-match', '*'.repeat(1000)],
    ['if-none-match', '"a", '.repeat(500)],
    ['if-modified-since', 'Thu, 01 Jan 2099 00:00:00 GMT'],
    ['host', 'evil.example'],
    ['origin', 'https://evil.example'],
  ])('%s: %s changes nothing', async (header, value) => {
    const answer = await server.get<{ totals: { calls: number } }>('/overview', {
      headers: { [header]: value },
    });
    expect([answer.status, answer.body.totals.calls]).toEqual([200, PROJECTS.length]);
    expect(JSON.stringify([...answer.headers])).not.toContain('evil');
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('If-None-Match: * tells nothing before anyone has signed in', async () => {
    const headers = { 'if-none-match': '*' };
    expect((await server.get('/overview', { user: null, headers })).status).toBe(401);
    expect((await server.get('/projects/nope/stats', { headers })).status).not.toBe(200);
  });

  test('a cache between users is forbidden on every answer', async () => {
    const asked = [
      server.get('/overview'),
      server.get('/overview', { user: null }),
      server.get('/overview?x=1'),
      server.get('/projects/nope/stats'),
      server.get('/overview', { method: 'POST' }),
      server.get('/overview', { method: 'OPTIONS' }),
      server.get('/overview', { method: 'HEAD' }),
    ];
    for (const { headers } of await Promise.all(asked)) {
      expect(headers.get('cache-control')).toBe('private, no-cache');
      expect(headers.get('vary')).toBe('Authorization, Cookie, Origin');
    }
  });
});

/** Writes to the socket itself, because clients refuse to send such things. */
function sendRaw(text: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve) => {
    // Left open for writing: a client that closes it has disconnected.
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let said = '';
    socket.on('data', (part) => (said += part.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(said);
    });
  });
}

describe('requests that no client sends', () => {
  const ask = (line: string, headers = 'x-user: alice'): Promise<string> =>
    sendRaw(`${line}\r\nHost: a\r\n${headers}\r\nConnection: close\r\n\r\n`);
  test.each([
    ['TRACE', 'TRACE /api/usage/overview HTTP/1.1', 405],
    ['CONNECT-like', 'PROPFIND /api/usage/overview HTTP/1.1', 405],
    ['a method in lower case', 'get /api/usage/overview HTTP/1.1', 400],
    ['dots in the path', 'GET /api/usage/../usage/overview HTTP/1.1', 404],
    ['encoded dots', 'GET /api/usage/%2e%2e/usage/overview HTTP/1.1', 404],
    ['two slashes', 'GET //api/usage/overview HTTP/1.1', 404],
    ['a slash in the middle', 'GET /api//usage/overview HTTP/1.1', 404],
    ['a backslash', 'GET /api\\usage\\overview HTTP/1.1', 404],
    ['an encoded slash', 'GET /api%2fusage/overview HTTP/1.1', 404],
    ['an encoded letter', 'GET /api/usage/%6fverview HTTP/1.1', 404],
    ['a project that is not UTF-8', 'GET /api/usage/projects/%ff/stats HTTP/1.1', 400],
    ['a project with an encoded NUL', 'GET /api/usage/projects/%00/stats HTTP/1.1', 404],
    ['a project of a lone surrogate', 'GET /api/usage/projects/%ed%a0%80/stats HTTP/1.1', 400],
    ['a project of 10 kB', `GET /api/usage/projects/${'x'.repeat(10_000)}/stats HTTP/1.1`, 404],
    ['a query that is not UTF-8', 'GET /api/usage/projects?search=%ff HTTP/1.1', 200],
    ['two question marks', 'GET /api/usage/overview??from=1 HTTP/1.1', 400],
  ])('%s', async (_name, line, status) => {
    const said = await ask(line);
    expect(Number(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1])).toBe(status);
    expect(said).not.toMatch(/SQLITE|select |node_modules/);
    // A list that finds nothing has the totals of what it looked in.
    expect(said).not.toMatch(status === 200 ? /"appDid":/ : /"totals":\{"calls":[1-9]/);
  });

  test('a header with a line break cannot be smuggled into an answer', async () => {
    const said = await ask('GET /api/usage/overview?x=%0d%0aSet-Cookie:%20a=b HTTP/1.1');
    expect(said).toMatch(/^HTTP\/1\.1 400/);
    expect(said.split('\r\n\r\n')[0]).not.toContain('Set-Cookie');
  });
});

describe('hosts', () => {
  test.each([
    [
      'an error with a secret',
      () => {
        throw new Error('Bearer eyJhbGciOi.secret at /etc/passwd');
      },
      500,
    ],
    ['a rejection', () => Promise.reject(new Error('postgres://u:hunter2@db/x')), 500],
    ['an error that is no error', () => Promise.reject('no'), 500], // eslint-disable-line @typescript-eslint/prefer-promise-reject-errors
    ['userDid 0', () => ({ userDid: 0 }), 500],
    ['true', () => true, 500],
    ['a function', () => () => ({ userDid: 'alice' }), 500],
    ['an object that pretends', () => ({ userDid: { toString: () => 'alice' } }), 500],
    ['userDid null', () => ({ userDid: null }), 500],
    ['the word null', () => ({ userDid: 'null' }), 500],
    ['a line break', () => ({ userDid: 'alice\nbob' }), 500],
    ['an empty text', () => '', 500],
    ['zero', () => 0, 500],
    ['false', () => false, 500],
    ['a role without a user', () => ({ role: 'admin' }), 500],
  ])('authenticate that gives %s answers no data', async (_name, authenticate, status) => {
    const odd = await createTestUsage({ authenticate: authenticate as never });
    const other = await serveInKoa(odd.usage);
    const answer = await other.get('/overview');
    expect(answer.status).toBe(status);
    expect(answer.text).not.toMatch(/totals|secret|hunter2|passwd/);
    await other.close();
    await odd.close();
  });
});
