import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  ModelCallInput,
  Overview,
  Problem,
  ProjectModels,
  Projects,
  Quota,
  Trends,
} from '../../src/index.js';
import { staticQuota, type ProjectCalls, type RouteName } from '../../src/index.js';
import {
  NOW_MS,
  createTestUsage,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { faultsOf } from '../helpers/openapi-check.js';

const DAY_MS = 86_400_000;
const ODD_DIDS = [
  '项目 甲',
  'a/b',
  'my.app',
  'trends',
  'calls',
  "o'hara%20",
  '?x=1&y',
  '🙂',
  'a+b',
];

let host: TestUsage;
let server: TestServer;

beforeAll(async () => {
  host = await createTestUsage({
    quota: staticQuota({
      entries: [{ id: 'g', kind: 'grant', amount: '100', occurredAt: NOW_MS - 50 * DAY_MS }],
      topUpUrl: 'https://pay.example/top-up',
    }),
    projects: (appDids) =>
      appDids
        .filter((appDid) => appDid === 'app')
        .map((appDid) => ({
          appDid,
          name: 'My app',
          logoUrl: 'javascript:alert(1)',
          url: 'https://app.example',
        })),
    providers: (providers) =>
      providers.map((provider) => ({
        provider,
        name: `The ${provider}`,
        logoUrl: 'https://logos.example/a.svg',
      })),
  });
  const call = (changes: Partial<ModelCallInput>): ModelCallInput => ({
    userDid: 'alice',
    appDid: 'app',
    model: 'gpt-4o',
    provider: 'openai',
    status: 'success',
    startedAt: NOW_MS - DAY_MS,
    durationMs: 1200,
    usage: { inputTokens: 10, outputTokens: 5 },
    credits: '0.1',
    ...changes,
  });
  await host.usage.calls.record([
    ...ODD_DIDS.map((appDid) => call({ appDid })),
    call({ id: 'same-id', startedAt: NOW_MS - 40 * DAY_MS }),
    call({ id: 'now', startedAt: NOW_MS, status: 'processing' }),
    call({ status: 'failed', errorReason: 'rate limited', metadata: { attempt: 2 } }),
    call({ appDid: null, type: 'imageGeneration', usage: { units: 3 } }),
    call({ appDid: 'old', startedAt: NOW_MS - 100 * DAY_MS }),
    call({ userDid: 'bob', id: 'same-id', appDid: 'bobs', credits: '7' }),
  ]);
  await host.usage.rollup.run();
  server = await serveInKoa(host.usage);
});
afterAll(async () => {
  await server.close();
  await host.close();
});

const EVERY: [RouteName, string][] = [
  ['quota', '/quota'],
  ['overview', '/overview'],
  ['projects', '/projects'],
  ['trends', '/trends'],
  ['models', '/models'],
  ['activity', '/activity'],
  ['projectStats', '/projects/app/stats'],
  ['projectTrends', '/projects/app/trends'],
  ['projectModels', '/projects/app/models'],
  ['projectLatency', '/projects/app/latency'],
  ['projectFailures', '/projects/app/failures'],
  ['projectCalls', '/projects/app/calls'],
  ['quotaDetails', '/quota-details'],
  ['advice', '/advice'],
];

describe.each(EVERY)('%s', (name, path) => {
  test('answers as the OpenAPI document says', async () => {
    const answer = await server.get(path);
    expect(answer.status).toBe(200);
    expect(faultsOf(name, answer)).toEqual([]);
  });

  test('refuses who is not signed in', async () => {
    const answer = await server.get<Problem>(path, { user: null });
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe('UNAUTHENTICATED');
    expect(faultsOf(name, answer)).toEqual([]);
  });

  test.each(['userDid=bob', 'allUsers=true', '__proto__=1', 'constructor=x'])(
    'refuses the unknown parameter %s and names it',
    async (parameter) => {
      const answer = await server.get<Problem>(`${path}?${parameter}`);
      expect(answer.status).toBe(400);
      expect(answer.body.errors?.[0]?.parameter).toBe(parameter.split('=')[0]);
      expect(faultsOf(name, answer)).toEqual([]);
    },
  );

  test('answers a user who has never called, or 404 for a project that is not theirs', async () => {
    const answer = await server.get(path, { user: 'newcomer' });
    expect(answer.status).toBe(path.includes('/app/') ? 404 : 200);
    expect(faultsOf(name, answer)).toEqual([]);
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('refuses %s', async (method) => {
    const answer = await server.get(path, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  });

  test('tells its methods, and HEAD has the headers of GET', async () => {
    const options = await server.get(path, { method: 'OPTIONS', user: null });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    const [get, head] = [await server.get(path), await server.get(path, { method: 'HEAD' })];
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
    expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
  });

  test('answers 304 while nothing changed, to the same user only', async () => {
    const first = await server.get(path);
    const etag = first.headers.get('etag') ?? '';
    const again = await server.get(path, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    expect(faultsOf(name, again)).toEqual([]);
    const other = await server.get(path, { user: 'bob', headers: { 'if-none-match': etag } });
    expect(other.status).not.toBe(304);
    expect(
      (await server.get(path, { user: null, headers: { 'if-none-match': etag } })).status,
    ).toBe(401);
  });
});

describe('projects', () => {
  test.each(ODD_DIDS)('a DID of any characters works in the path: %s', async (appDid) => {
    const answer = await server.get<{ project: { appDid: string }; totals: { calls: number } }>(
      `/projects/${encodeURIComponent(appDid)}/stats`,
    );
    expect(answer.body.project.appDid).toBe(appDid);
    expect(answer.body.totals.calls).toBe(1);
  });

  test.each(['.', '..'])(
    'even %s, with DEL appended: URL parsers resolve it otherwise',
    async (appDid) => {
      await host.usage.calls.record({
        userDid: 'dots',
        appDid,
        model: 'm',
        status: 'success',
        startedAt: NOW_MS,
      });
      const path = `/projects/${appDid}%7F/stats`;
      const answer = await server.get<{ project: { appDid: string } }>(path, { user: 'dots' });
      expect([answer.status, answer.body.project.appDid]).toEqual([200, appDid]);
    },
  );

  test("another user's project is answered like none at all", async () => {
    for (const endpoint of ['stats', 'trends', 'models', 'latency', 'failures', 'calls']) {
      const foreign = await server.get(`/projects/bobs/${endpoint}`);
      const unknown = await server.get(`/projects/nope/${endpoint}`);
      const blank = (text: string, name: string): string =>
        text.replaceAll(name, '…').replace(/"requestId":"[^"]+"/, '');
      expect([foreign.status, unknown.status]).toEqual([404, 404]);
      expect(blank(foreign.text, 'bobs')).toBe(blank(unknown.text, 'nope'));
    }
  });

  test('a project without calls in the range is zeros, not 404', async () => {
    const answer = await server.get<{ totals: { calls: number; successRate: null } }>(
      '/projects/old/stats',
    );
    expect(answer.status).toBe(200);
    expect(answer.body.totals).toMatchObject({ calls: 0, successRate: null, p95DurationMs: null });
  });

  test('search is literal and finds names and DIDs in any case', async () => {
    const find = async (search: string): Promise<string[]> => {
      const path = `/projects?search=${encodeURIComponent(search)}`;
      return (await server.get<Projects>(path)).body.items.map(({ appDid }) => appDid);
    };
    expect(await find('MY APP')).toEqual(['app']);
    expect(await find('项目')).toEqual(['项目 甲']);
    expect(await find('%')).toEqual(["o'hara%20"]);
    expect(await find('_')).toEqual([]);
  });

  test.each([
    'name',
    'calls',
    'tokens',
    'credits',
    'successRate',
    'averageDuration',
    'p95Duration',
    'lastCall',
  ])('pages sorted by %s give every project once', async (sortBy) => {
    for (const sortOrder of ['asc', 'desc']) {
      const seen: string[] = [];
      for (let page = 1; page <= 4; page += 1) {
        const path = `/projects?sortBy=${sortBy}&sortOrder=${sortOrder}&pageSize=3&page=${page}`;
        const { body } = await server.get<Projects>(path);
        expect(body.total).toBe(11);
        seen.push(...body.items.map(({ appDid }) => appDid));
      }
      expect(new Set(seen).size).toBe(11);
      expect(seen).toHaveLength(11);
    }
  });

  test('only web links leave the server', async () => {
    const { body } = await server.get<Projects>('/projects?search=my');
    expect(body.items[0]).toMatchObject({
      name: 'My app',
      logoUrl: null,
      url: 'https://app.example',
    });
  });

  test('broken percent-encoding is refused', async () => {
    const answer = await server.get<Problem>('/projects/%E0%A4%A/stats');
    expect([answer.status, answer.body.code]).toEqual([400, 'PATH_INVALID']);
  });
});

describe('ranges', () => {
  test('a call at exactly `to` is outside, at exactly `from` inside', async () => {
    const at = NOW_MS - 40 * DAY_MS;
    const calls = async (from: number, to: number): Promise<number> =>
      (await server.get<Overview>(`/overview?from=${from}&to=${to}`)).body.totals.calls;
    expect(await calls(at - 1000, at)).toBe(0);
    expect(await calls(at, at + 1)).toBe(1);
  });

  test('a call of this very millisecond is in the default range', async () => {
    const { body } = await server.get<Overview>('/overview');
    expect(body.totals.processingCalls).toBe(1);
  });

  test('instants are RFC 3339 with any offset, or epoch milliseconds', async () => {
    const path = `/overview?from=2026-11-01T05:30:00%2B05:30&to=${NOW_MS}`;
    const { body } = await server.get<Overview>(path);
    expect(body.range).toEqual({
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-22T10:20:30.400Z',
      timeZone: 'UTC',
    });
  });

  test.each([
    ['from=2026-13-01T00:00:00Z', 'from'],
    ['from=2026-11-01', 'from'],
    ['from=', 'from'],
    ['from=1e12', 'from'],
    ['from=-5', 'from'],
    ['from=NaN', 'from'],
    [`from=${NOW_MS + 1000}`, 'from'],
    ['from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z', 'from'],
    ['from=2026-11-01T00:00:00Z&to=2026-11-01T00:00:00Z', 'from'],
    ['from=0', 'from'],
    ['to=8640000000000001', 'to'],
    ['timeZone=Mars/Base', 'timeZone'],
    ['timeZone=%2B05:45', 'timeZone'],
    ['from=1&from=2', 'from'],
    ['from[]=1', 'from[]'],
  ])('refuses %s and names %s', async (query, parameter) => {
    for (const path of ['/overview', '/trends', '/projects', '/projects/app/stats']) {
      const answer = await server.get<Problem>(`${path}?${query}`);
      expect([answer.status, answer.body.errors?.[0]?.parameter]).toEqual([400, parameter]);
    }
  });

  test('an empty range of an empty account has a point a bucket and no figures', async () => {
    const { body } = await server.get<Trends>('/trends?granularity=day', { user: 'newcomer' });
    expect(body.points.length).toBe(31);
    expect(body.points[0]?.totals).toMatchObject({
      calls: 0,
      credits: '0',
      averageDurationMs: null,
    });
  });
});

test.each([
  '/projects?page=0',
  '/projects?page=-5',
  '/projects?page=1e3',
  '/projects?page=01',
  '/projects?page=%205',
  '/projects?page=５',
  '/projects?page=99999999999999999999',
  '/projects?pageSize=101',
  '/projects?pageSize=-1',
  '/projects?sortBy=constructor',
  '/projects?sortBy=calls;DROP%20TABLE',
  '/projects?sortOrder=ASC',
  '/projects?sparkline=p95Duration',
  '/projects?sparkline=',
  '/projects?search=',
  '/projects?search=%00',
  '/trends?granularity=week',
  '/trends?granularity=DAY',
  '/projects/app/calls?limit=0',
  '/projects/app/calls?status=done',
  '/projects/app/calls?type=toString',
  '/projects/app/calls?minDurationMs=',
  '/projects/app/calls?minDurationMs=-1',
  '/projects/app/calls?minDurationMs=1e999',
  '/projects/app/calls?status[$ne]=1',
  '/projects/app/calls?status=failed,success',
  '/projects/app/calls?status=failed&status=failed',
  '/projects/app/calls?status=failed&status=done',
  `/projects/app/calls?${'model=m&'.repeat(21)}`,
  '/projects/app/calls?model=',
  '/projects/app/calls?counts=false',
  '/projects/app/calls?search=a&search=b',
  '/projects/app/calls?cursor=xyz',
  '/projects/app/calls?cursor=W10',
  '/quota-details?kind=gift',
  '/quota-details?from=5&to=4',
  '/quota-details?groupBy=week',
  '/quota-details?groupBy=day&timeZone=Mars',
])('%s is 400', async (path) => {
  const answer = await server.get<Problem>(path);
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toHaveLength(1);
});

describe('calls', () => {
  test('show what is needed to find a fault', async () => {
    const { body } = await server.get<ProjectCalls>('/projects/app/calls?status=failed');
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      errorReason: 'rate limited',
      metadata: { attempt: 2 },
      durationMs: 1200,
      credits: '0.1',
    });
  });

  test('and models have the names and logos that the host gives providers', async () => {
    const named = { providerName: 'The openai', providerLogoUrl: 'https://logos.example/a.svg' };
    const calls = await server.get<ProjectCalls>('/projects/app/calls');
    expect(calls.body.items[0]).toMatchObject({ provider: 'openai', ...named });
    const models = await server.get<ProjectModels>('/projects/app/models');
    expect(models.body.items[0]).toMatchObject({ ...named, providerNames: ['The openai'] });
  });

  test('search takes the beginning of an id, literally', async () => {
    const find = async (search: string): Promise<number | null> => {
      const path = `/projects/app/calls?from=${NOW_MS - 99 * DAY_MS}&search=${encodeURIComponent(search)}`;
      return (await server.get<ProjectCalls>(path)).body.total;
    };
    expect(await find('same')).toBe(1);
    expect(await find('ame')).toBe(0);
    expect(await find('%')).toBe(0);
    expect(await find("' OR 1=1 --")).toBe(0);
  });

  test('a cursor is of no use to others, or with other filters', async () => {
    const query = `from=${NOW_MS - 99 * DAY_MS}&limit=1`;
    const { body } = await server.get<ProjectCalls>(`/projects/app/calls?${query}`);
    const cursor = body.nextCursor ?? '';
    const same = await server.get(`/projects/app/calls?${query}&cursor=${cursor}`);
    expect(same.status).toBe(200);
    await host.usage.calls.record({
      userDid: 'eve',
      appDid: 'app',
      model: 'm',
      status: 'success',
      startedAt: NOW_MS,
    });
    const others = await server.get<Problem>(`/projects/app/calls?${query}&cursor=${cursor}`, {
      user: 'eve',
    });
    expect([others.status, others.body.code]).toEqual([400, 'CURSOR_INVALID']);
    const filtered = await server.get(
      `/projects/app/calls?${query}&status=success&cursor=${cursor}`,
    );
    expect(filtered.status).toBe(400);
  });
});

test('quota is what was granted less what the calls cost', async () => {
  const { body } = await server.get<Quota>('/quota');
  expect(body).toMatchObject({
    status: 'ok',
    total: '100',
    used: '1.4',
    remaining: '98.6',
    overdue: '0',
  });
  expect(body.recentDays).toHaveLength(7);
  expect(body.topUpUrl).toBe('https://pay.example/top-up');
});

test('paths that are not ours are left to the host', async () => {
  const answer = await server.get('/nothing-here');
  expect([answer.status, answer.text]).toEqual([404, 'Not Found']);
});
