import { expect, test } from 'vitest';
import type { Overview, Problem } from '../../src/index.js';
import { NOW_MS, type Answer } from './create-test-usage.js';

/** A mounted host, as a client sees it. */
export interface MountedHost {
  /** Of the server, without a path. */
  url: string;
  /** Where the endpoints are. */
  base: string;
  compresses: boolean;
  /** Whether the host is asked for paths below the base path that are no endpoints. */
  ownsUnknown: boolean;
  /** Whether other methods than the host lets through get to the endpoints. */
  seesMethods: boolean;
}

/** Asks with a header or two; redirects are followed, with which Next.js takes a slash from the end of a path. */
export async function ask<T = Record<string, unknown>>(
  url: string,
  headers: Record<string, string> = { 'x-user': 'alice' },
  init: RequestInit = {},
): Promise<Answer<T>> {
  const response = await fetch(url, { headers, ...init });
  const text = await response.text();
  const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '') && text !== '';
  const body = (isJson ? JSON.parse(text) : {}) as T;
  return { status: response.status, headers: response.headers, body, text };
}

/** What holds wherever the endpoints are mounted; `alice` has three calls, of them one through `a/b` and one through `项目`. */
export function mountContract(hostOf: () => MountedHost): void {
  const at = (path: string): string => `${hostOf().url}${hostOf().base}${path}`;
  const range = `from=${NOW_MS - 7 * 86_400_000}&to=${NOW_MS}`;

  test('responds to users that the host has signed in, and to no other', async () => {
    const { status, body } = await ask<Overview>(at('/overview'));
    expect([status, body.totals.calls]).toEqual([200, 3]);
    const other = await ask<Overview>(at('/overview'), { 'x-user': 'bob' });
    expect([other.status, other.body.totals.calls]).toEqual([200, 0]);
    const anonymous = await ask<Problem>(at('/overview'), {});
    expect([anonymous.status, anonymous.body.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(anonymous.headers.get('content-type')).toBe('application/problem+json');
  });

  test.each(['', '/'])('answers with "%s" at the end of the path, query and all', async (end) => {
    for (const path of ['/quota', '/projects', '/projects/a%2Fb/calls', '/quota-details']) {
      expect([path, (await ask(at(`${path}${end}`))).status]).toEqual([path, 200]);
    }
    const { status, body } = await ask<Problem>(at(`/overview${end}?userDid=bob`));
    expect([status, body.errors?.[0]?.parameter]).toEqual([400, 'userDid']);
  });

  test('a project of any characters survives the host’s router', async () => {
    for (const appDid of ['a/b', '项目']) {
      const path = at(`/projects/${encodeURIComponent(appDid)}/stats`);
      const { body } = await ask<{ project: { appDid: string } }>(path);
      expect(body.project.appDid).toBe(appDid);
    }
    const broken = await ask<Problem>(at('/projects/%E0%A4%A/stats'));
    // Fastify 4 looks at the path before anyone else and hands a broken one to the host.
    expect(broken.text.startsWith('the host:') || broken.status === 400).toBe(true);
  });

  test('forbids shared caches, whatever the host sets besides', async () => {
    for (const headers of [{ 'x-user': 'alice' }, {}]) {
      const answer = await ask(at('/overview'), headers as Record<string, string>);
      expect(answer.headers.get('cache-control')).toBe('private, no-cache');
      const vary = (answer.headers.get('vary') ?? '').toLowerCase().split(/, */);
      expect(vary).toEqual(expect.arrayContaining(['authorization', 'cookie', 'origin']));
      expect(new Set(vary).size).toBe(vary.length);
      expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    }
  });

  test('passes a host’s compression, with the answer whole', async () => {
    const path = at(`/trends?granularity=hour&${range}`);
    const plain = await ask(path, { 'x-user': 'alice', 'accept-encoding': 'identity' });
    const packed = await ask(path, { 'x-user': 'alice', 'accept-encoding': 'gzip' });
    expect(packed.headers.get('content-encoding')).toBe(hostOf().compresses ? 'gzip' : null);
    expect(packed.body['points']).toEqual(plain.body['points']);
    expect((plain.body['points'] as unknown[]).length).toBe(169);
  });

  test('HEAD has the headers of GET and no body', async () => {
    const headers = { 'x-user': 'alice', 'accept-encoding': 'identity' };
    const path = at(`/overview?${range}`);
    const [get, head] = [await ask(path, headers), await ask(path, headers, { method: 'HEAD' })];
    expect([head.status, head.text]).toEqual([200, '']);
    for (const name of ['etag', 'content-type', 'cache-control']) {
      expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)]);
    }
    // Hono's compression names itself only where it would compress a body.
    const [getVary, headVary] = [get, head].map((answer) =>
      answer.headers.get('vary')?.replace(', Accept-Encoding', ''),
    );
    expect(headVary).toBe(getVary);
  });

  test('OPTIONS tells the methods to anyone', async () => {
    const answer = await ask(at('/overview'), {}, { method: 'OPTIONS' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each(['POST', 'PUT', 'DELETE'])(
    'refuses %s, with a body that is parsed or not',
    async (method) => {
      const headers = { 'x-user': 'alice', 'content-type': 'application/json' };
      const init = { method, body: JSON.stringify({ userDid: 'bob' }) };
      const answer = await ask(at('/overview'), headers, init);
      expect(answer.status).toBe(405);
      if (hostOf().seesMethods) expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    },
  );

  test('an answer that has not changed is 304', async () => {
    const first = await ask(at(`/overview?${range}`));
    const etag = first.headers.get('etag') ?? '';
    const again = await ask(at(`/overview?${range}`), { 'x-user': 'alice', 'if-none-match': etag });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  test('paths that are no endpoints are the host’s', async () => {
    const { url, base, ownsUnknown } = hostOf();
    for (const path of ['/', '/hello', `${base}s/overview`, `${base.slice(0, -1)}/overview`]) {
      const answer = await ask(url + path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.text).toContain('the host: ');
    }
    for (const path of ['/nope', '/overview/more', '/projects/a/b/stats', '/projects//stats']) {
      const answer = await ask(at(path));
      if (ownsUnknown) expect([path, answer.text.slice(0, 9)]).toEqual([path, 'the host:']);
      else expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  test('serves its OpenAPI document', async () => {
    const { status, body } = await ask(at('/openapi.json'), {});
    expect([status, body['openapi']]).toEqual([200, '3.1.0']);
  });
}
