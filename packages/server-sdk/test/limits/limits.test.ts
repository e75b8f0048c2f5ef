import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { Problem, UsageOptions } from '../../src/index.js';
import {
  createTestUsage,
  openTestUsage,
  serveInKoa,
  type Answer,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { ALL, EMBED } from '../helpers/embed-fixture.js';
import { faultsOf } from '../helpers/openapi-check.js';

let host: TestUsage;
let server: TestServer;
let release: () => void = () => undefined;

async function open(options: Partial<UsageOptions>): Promise<void> {
  host = await createTestUsage({ embed: EMBED, ...options });
  server = await serveInKoa(host.usage);
}
afterEach(async () => {
  release();
  await server.close();
  await host.close();
});

/** Projects whose names are waited for until they are released. */
function slowProjects(): Partial<UsageOptions> {
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { projects: () => gate.then(() => []) };
}

const ask = (user = 'alice'): Promise<Answer<Problem>> =>
  server.get<Problem>('/projects/app/stats', { user });

function expectRefusal(answer: Answer<Problem>, status: number, code: string): void {
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  expect(faultsOf('projectStats', answer)).toEqual([]);
}

describe('rates', () => {
  test('a user’s requests beyond the rate are 429, and others’ are not', async () => {
    await open({ limits: { requestsPerMinute: 5 } });
    const answers = [];
    for (let i = 0; i < 7; i += 1) answers.push(await ask());
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 429, 429]);
    for (const answer of answers.slice(5)) expectRefusal(answer, 429, 'TOO_MANY_REQUESTS');
    expect((await ask('bob')).status).toBe(404);
    expect((await server.get('/overview', { user: null })).status).toBe(401);
    expect((await server.get('/overview', { method: 'OPTIONS' })).status).toBe(204);
  });

  test('a token has its own rate; all of a user have one, apart from the session’s', async () => {
    await open({ limits: { requestsPerMinute: 3, tokenRequestsPerMinute: 2 } });
    const make = (): Promise<string> => host.usage.createEmbedToken({ userDid: 'alice', ...ALL });
    const by = async (token: string): Promise<number> =>
      (await server.get('/quota', { user: null, headers: { authorization: `Bearer ${token}` } }))
        .status;
    const [first, second] = [await make(), await make()];
    expect([await by(first), await by(first), await by(first)]).toEqual([200, 200, 429]);
    expect([await by(second), await by(second)]).toEqual([200, 429]);
    expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([
      404, 404, 404,
    ]);
    expect((await ask()).status).toBe(429);
  });

  test('what is refused counts: a scope that is missing, a token that was revoked', async () => {
    await open({ limits: { tokenRequestsPerMinute: 2 } });
    const scopes = ['overview:read'] as const;
    const make = (): Promise<string> =>
      host.usage.createEmbedToken({ userDid: 'alice', projects: '*', scopes });
    const by = async (token: string): Promise<number> =>
      (await server.get('/quota', { user: null, headers: { authorization: `Bearer ${token}` } }))
        .status;
    const narrow = await make();
    expect([await by(narrow), await by(narrow), await by(narrow)]).toEqual([403, 403, 429]);
    const revoked = await make();
    await host.usage.revokeEmbedTokens('alice');
    expect([await by(revoked), await by(revoked), await by(revoked)]).toEqual([401, 401, 429]);
  });

  test('false is no limit', async () => {
    await open({ limits: { requestsPerMinute: false } });
    const answers = await Promise.all(Array.from({ length: 60 }, () => ask()));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  });
});

describe('concurrent requests', () => {
  test('a user’s requests beyond the places wait in line, beyond the line they are 429', async () => {
    await open({ ...slowProjects(), limits: { maxConcurrentRequests: 2 } });
    const waiting = Array.from({ length: 2 + 16 + 3 }, () => ask());
    const refused = await Promise.race([Promise.all(waiting.slice(-3)), sleep(5000)]);
    for (const answer of refused ?? []) expectRefusal(answer, 429, 'TOO_MANY_REQUESTS');
    expect(refused).toHaveLength(3);
    expect((await server.get('/overview', { user: 'bob' })).status).toBe(200);
    release();
    const rest = await Promise.all(waiting.slice(0, -3));
    expect(rest.map(({ status }) => status)).toEqual(Array.from({ length: 18 }, () => 404));
  });

  test('all requests together beyond the places and the line are 503, and the process goes on', async () => {
    await open({ ...slowProjects(), limits: { maxTotalConcurrentRequests: 1 } });
    const waiting = Array.from({ length: 1 + 8 + 4 }, (_, index) => ask(`user-${index}`));
    const refused = await Promise.race([Promise.all(waiting.slice(-4)), sleep(5000)]);
    for (const answer of refused ?? []) expectRefusal(answer, 503, 'SERVER_BUSY');
    expect(refused).toHaveLength(4);
    release();
    expect((await Promise.all(waiting.slice(0, -4))).every(({ status }) => status === 404)).toBe(
      true,
    );
    expect((await ask('later')).status).toBe(404);
  });
});

describe('time', () => {
  test('an answer that takes too long is 503', async () => {
    await open({ ...slowProjects(), limits: { answerDeadlineMs: 200 } });
    expectRefusal(await ask(), 503, 'ANSWER_TOO_SLOW');
  });

  test('a sign-in that hangs is 503', async () => {
    await open({
      authenticate: () => new Promise(() => undefined),
      limits: { answerDeadlineMs: 200 },
    });
    expectRefusal(await ask(), 503, 'ANSWER_TOO_SLOW');
  });

  test('a quota provider that hangs costs the balance, not the answer', async () => {
    const never = (): Promise<never> => new Promise(() => undefined);
    await open({ quota: { getQuota: never, listLedger: never }, limits: { quotaDeadlineMs: 200 } });
    const answer = await server.get('/quota');
    expect([answer.status, answer.body['status']]).toEqual([200, 'unavailable']);
  });
});

test('a database that is gone is 503 with a time to come back, and no word of it', async () => {
  await open({});
  const usage = openTestUsage({ database: 'postgres://postgres:hunter2@127.0.0.1:1/usage' });
  const other = await serveInKoa(usage);
  const answer = await other.get<Problem>('/projects/app/stats');
  expectRefusal(answer, 503, 'DATABASE_BUSY');
  expect(answer.text).not.toMatch(/hunter2|ECONNREFUSED|127\.0\.0\.1|postgres/);
  await other.close();
  await usage.stop();
});
