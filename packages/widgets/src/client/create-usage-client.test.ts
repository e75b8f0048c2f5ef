import { describe, expect, it } from 'vitest';
import { QUOTA } from '@usage-kit/testing/fixtures/quota';
import { createUsageClient } from './create-usage-client.js';
import { isUsageRequestError, type UsageRequestError } from './usage-request-error.js';

interface Seen {
  url: string;
  init: RequestInit;
}

function createServer(...responses: Response[]): { seen: Seen[]; fetch: typeof fetch } {
  const seen: Seen[] = [];
  return {
    seen,
    fetch: (input, init) => {
      seen.push({ url: input instanceof Request ? input.url : input.toString(), init: init ?? {} });
      const response = responses[seen.length - 1] ?? responses.at(-1);
      return response === undefined
        ? Promise.reject(new TypeError('Failed to fetch'))
        : Promise.resolve(response.clone());
    },
  };
}

const ok = (): Response => Response.json(QUOTA);
const refused = (status: number, headers: Record<string, string> = {}): Response =>
  Response.json(
    { code: 'SOME_CODE', detail: 'What happened.', requestId: 'req_1', status },
    { status, headers: { 'content-type': 'application/problem+json', ...headers } },
  );
const now = (): number => Date.UTC(2026, 0, 1);

async function readError(promise: Promise<unknown>): Promise<UsageRequestError> {
  const error: unknown = await promise.catch((cause: unknown) => cause);
  if (!isUsageRequestError(error)) throw new Error('expected a UsageRequestError');
  return error;
}

describe('createUsageClient', () => {
  it('asks for a path with sorted parameters and an encoded project', async () => {
    const server = createServer(ok());
    const client = createUsageClient({ baseUrl: '/api/usage/', fetch: server.fetch, now });
    const call = client.getProjectCalls('a/b 项目', {
      to: 't',
      from: 'f',
      cursor: undefined,
      limit: 5,
    });
    await readError(call);
    expect(server.seen[0]?.url).toBe(
      '/api/usage/projects/a%2Fb%20%E9%A1%B9%E7%9B%AE/calls?from=f&limit=5&to=t',
    );
  });

  it('sends the token instead of cookies, and cookies without one', async () => {
    const server = createServer(ok());
    const withToken = createUsageClient({
      baseUrl: '/u',
      fetch: server.fetch,
      now,
      getToken: () => 'tkn',
    });
    await withToken.getQuota();
    await createUsageClient({ baseUrl: '/u', fetch: server.fetch, now }).getQuota();
    expect(server.seen[0]?.init).toMatchObject({
      credentials: 'omit',
      headers: { authorization: 'Bearer tkn' },
    });
    expect(server.seen[1]?.init.credentials).toBe('same-origin');
    expect(server.seen[1]?.init.headers).not.toHaveProperty('authorization');
  });

  it('asks for a new token once after a 401, for all requests together', async () => {
    let tokenCalls = 0;
    const fetchWithNewToken: typeof fetch = (_url, init) => {
      const { authorization } = init?.headers as Record<string, string>;
      return Promise.resolve(authorization === 'Bearer 2' ? ok() : refused(401));
    };
    const client = createUsageClient({
      baseUrl: '/u',
      fetch: fetchWithNewToken,
      now,
      getToken: () => String((tokenCalls += 1)),
    });
    await Promise.all([client.getQuota(), client.getQuota(), client.getQuota()]);
    expect(tokenCalls).toBe(2);
  });

  it('gives up with the second 401', async () => {
    const server = createServer(refused(401));
    const client = createUsageClient({
      baseUrl: '/u',
      fetch: server.fetch,
      now,
      getToken: () => 'x',
    });
    const error = await readError(client.getQuota());
    expect(error).toMatchObject({ status: 401, retryable: false });
    expect(server.seen).toHaveLength(2);
  });

  it('says 401 when the page cannot supply a token', async () => {
    const client = createUsageClient({
      baseUrl: '/u',
      fetch: createServer(ok()).fetch,
      now,
      getToken: () => Promise.reject(new Error('signed out')),
    });
    expect(await readError(client.getQuota())).toMatchObject({
      status: 401,
      code: 'TOKEN_UNAVAILABLE',
    });
  });

  it('reads the problem document', async () => {
    const server = createServer(refused(503, { 'retry-after': '60' }));
    const client = createUsageClient({ baseUrl: '/u', fetch: server.fetch, now });
    expect(await readError(client.getQuota())).toMatchObject({
      code: 'SOME_CODE',
      message: 'What happened.',
      status: 503,
      retryable: true,
      requestId: 'req_1',
      retryAfterMs: 60_000,
    });
  });

  it('says NETWORK without an answer, and BAD_RESPONSE for an answer that is no JSON', async () => {
    const silent = createUsageClient({ baseUrl: '/u', fetch: createServer().fetch, now });
    expect(await readError(silent.getQuota())).toMatchObject({ code: 'NETWORK', retryable: true });
    const html = createServer(new Response('<!doctype html>'));
    const odd = createUsageClient({ baseUrl: '/u', fetch: html.fetch, now });
    expect(await readError(odd.getQuota())).toMatchObject({ code: 'BAD_RESPONSE', status: 200 });
  });

  it('says BAD_RESPONSE for what differs from the contract, with the field', async () => {
    const body = { ...QUOTA, runway: { ...QUOTA.runway, days: '53' } };
    const client = createUsageClient({
      baseUrl: '/u',
      fetch: createServer(Response.json(body)).fetch,
      now,
    });
    expect(await readError(client.getQuota())).toMatchObject({
      code: 'BAD_RESPONSE',
      retryable: true,
      message: 'The response does not match the contract: quota.runway.days.',
    });
  });

  it.each([null, 5, [], { detail: { a: 1 }, code: ['x'], requestId: { b: 2 } }])(
    'takes a problem document of %j for none',
    async (body) => {
      const server = createServer(Response.json(body, { status: 500 }));
      const client = createUsageClient({ baseUrl: '/u', fetch: server.fetch, now });
      expect(await readError(client.getQuota())).toMatchObject({
        code: 'HTTP_500',
        message: 'The usage service responded with status 500.',
        requestId: null,
      });
    },
  );

  it('cuts the texts of a problem document', async () => {
    const server = createServer(
      Response.json({ detail: 'x'.repeat(1e6), code: 'C', requestId: 'r' }, { status: 500 }),
    );
    const client = createUsageClient({ baseUrl: '/u', fetch: server.fetch, now });
    expect((await readError(client.getQuota())).message).toHaveLength(500);
  });

  it('follows no redirect', async () => {
    const server = createServer(ok());
    await createUsageClient({ baseUrl: '/u', fetch: server.fetch, now }).getQuota();
    expect(server.seen[0]?.init.redirect).toBe('manual');
    const redirected = Object.defineProperty(ok(), 'type', { value: 'opaqueredirect' });
    redirected.clone = () => redirected;
    const client = createUsageClient({
      baseUrl: '/u',
      fetch: createServer(redirected).fetch,
      now,
    });
    expect(await readError(client.getQuota())).toMatchObject({
      code: 'REDIRECTED',
      retryable: true,
    });
  });

  it('gives a token to no origin but the one it is for, and asks for none', async () => {
    const server = createServer(ok());
    let tokenCalls = 0;
    const client = createUsageClient({
      baseUrl: 'https://evil.example/api',
      tokenOrigin: 'https://app.example',
      fetch: server.fetch,
      now,
      getToken: () => String((tokenCalls += 1)),
    });
    expect(await readError(client.getQuota())).toMatchObject({
      code: 'TOKEN_REFUSED',
      retryable: false,
    });
    expect([tokenCalls, server.seen.length]).toEqual([0, 0]);
  });

  it('lets an abort through as it is', async () => {
    const client = createUsageClient({
      baseUrl: '/u',
      fetch: (_url, init) => Promise.reject(init?.signal?.reason as Error),
      now,
    });
    const error: unknown = await client
      .getQuota({ signal: AbortSignal.abort() })
      .catch((cause: unknown) => cause);
    expect(isUsageRequestError(error)).toBe(false);
    expect((error as Error).name).toBe('AbortError');
  });
});
