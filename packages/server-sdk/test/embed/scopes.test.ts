import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ROUTES,
  createUsage,
  staticQuota,
  type EmbedTokenRequest,
  type Overview,
  type Problem,
  type Projects,
  type QuotaDetails,
  type RouteName,
  type Trends,
} from '../../src/index.js';
import {
  NOW_MS,
  createTestUsageOn,
  serveInKoa,
  type Answer,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { ALL, EMBED, KEY, PAGE } from '../helpers/embed-fixture.js';
import { takeServers } from '../helpers/take-servers.js';

const servers = await takeServers();
const DAY_MS = 86_400_000;

describe.each(servers)('embed tokens on $name', (kind) => {
  let host: TestUsage;
  let server: TestServer;
  beforeAll(async () => {
    host = await createTestUsageOn(kind, {
      embed: EMBED,
      quota: staticQuota({ entries: [{ id: 'g', kind: 'grant', amount: '9', occurredAt: 0 }] }),
    });
    server = await serveInKoa(host.usage);
    const call = (appDid: string, startedAt: number, model: string, userDid = 'alice') => ({
      userDid,
      appDid,
      model,
      startedAt,
      status: 'success' as const,
      durationMs: appDid === 'A' ? 100 : 9000,
      credits: '0.5',
      usage: { totalTokens: 10 },
    });
    await host.usage.calls.record([
      call('A', NOW_MS - DAY_MS, 'm-1'),
      call('A', NOW_MS, 'm-1'),
      call('B', NOW_MS - 2 * DAY_MS, 'm-secret'),
      call('B', NOW_MS - 40 * DAY_MS, 'm-secret'),
      call('C', NOW_MS - 3 * DAY_MS, 'm-3'),
      call('A', NOW_MS, 'm-of-bob', 'bob'),
    ]);
    await host.usage.rollup.run();
  });
  afterAll(async () => {
    await server.close();
    await host.close();
  });

  const get = async <T = Problem>(
    path: string,
    request: Partial<EmbedTokenRequest>,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> => {
    const token = await host.usage.createEmbedToken({ userDid: 'alice', ...ALL, ...request });
    return server.get<T>(path, {
      user: null,
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
  };

  test('totals and lists of a token of some projects hold no other', async () => {
    const only = { projects: ['A'] };
    const overview = await get<Overview>('/overview', only);
    expect(overview.body).toMatchObject({
      totals: { calls: 2, credits: '1', totalTokens: 20, p95DurationMs: 100 },
      previous: null,
      activeProjects: 1,
      activeModels: 1,
    });
    expect(overview.body.byType.map(({ calls }) => calls)).toEqual([2]);
    const projects = await get<Projects>('/projects?sparkline=calls', only);
    expect(projects.body.totals).toEqual(projects.body.items[0]?.totals);
    expect([projects.body.total, projects.body.items.map(({ appDid }) => appDid)]).toEqual([
      1,
      ['A'],
    ]);
    const trends = await get<Trends>('/trends', only);
    expect(trends.body.points.reduce((sum, { totals }) => sum + totals.calls, 0)).toBe(2);
    for (const { text } of [overview, projects, trends])
      expect(text).not.toMatch(/secret|9000|"B"/);
  });

  test('two projects are their sum, all of them the whole', async () => {
    const two = await get<Overview>('/overview', { projects: ['A', 'C'] });
    expect(two.body.totals).toMatchObject({ calls: 3, credits: '1.5' });
    const each = await get<Overview>('/overview', { projects: ['A', 'B', 'C'] });
    const whole = await get<Overview>('/overview', {});
    const session = await server.get<Overview>('/overview');
    expect(each.body.totals).toEqual(whole.body.totals);
    expect(each.body.byType).toEqual(whole.body.byType);
    expect(each.body.previous).toEqual(whole.body.previous);
    expect(whole.body).toEqual(session.body);
    const [some, all] = [
      await get<Projects>('/projects?sparkline=calls', { projects: ['C', 'B', 'A'] }),
      await get<Projects>('/projects?sparkline=calls', {}),
    ];
    expect(some.body.items).toEqual(all.body.items);
  });

  test('days of the ledger have the calls of the account, and none for a token of some projects', async () => {
    const callsOf = async (request: Partial<EmbedTokenRequest>) => {
      const { body } = await get<QuotaDetails>('/quota-details?groupBy=day', request);
      return body.items.flatMap(({ day }) => (day ? [day.calls] : []));
    };
    expect(await callsOf({})).toEqual([1, 1, 1, 1, 1]);
    expect(await callsOf({ projects: ['A'] })).toEqual([null, null, null, null, null]);
  });

  test('a project outside the token is 403, whether there is one or not', async () => {
    for (const endpoint of ['stats', 'trends', 'models', 'latency', 'failures', 'calls']) {
      const texts = [];
      for (const project of ['B', 'nope']) {
        const answer = await get(`/projects/${project}/${endpoint}`, { projects: ['A'] });
        expect([answer.status, answer.body.code]).toEqual([403, 'PROJECT_FORBIDDEN']);
        texts.push(answer.text.replace(/"requestId":"[^"]+"/, ''));
      }
      expect(texts[0]).toBe(texts[1]);
      expect((await get(`/projects/A/${endpoint}`, { projects: ['A'] })).status).toBe(200);
    }
  });

  test('a project that the user does not have is none, token or not', async () => {
    const overview = await get<Overview>('/overview', { projects: ['nope'] });
    expect([overview.status, overview.body.totals.calls, overview.body.activeProjects]).toEqual([
      200, 0, 0,
    ]);
    expect((await get('/projects/nope/stats', { projects: ['nope'] })).status).toBe(404);
    expect((await get<Projects>('/projects', { projects: ['%'] })).body.total).toBe(0);
  });

  test('each scope opens its own endpoint and no other', async () => {
    const names = Object.keys(ROUTES) as RouteName[];
    for (const scope of names) {
      for (const name of names) {
        const { status, body } = await get(ROUTES[name].replace(':appDid', 'A'), {
          scopes: [`${scope}:read`],
        });
        const expected = scope === name ? [200, undefined] : [403, 'SCOPE_FORBIDDEN'];
        expect([scope, name, status, body.code]).toEqual([scope, name, ...expected]);
      }
    }
  });

  test('an answer to a narrow token is another than that to the user, by its tag', async () => {
    const path = `/overview?from=${NOW_MS - 5 * DAY_MS}&to=${NOW_MS + 1}`;
    const tag = (await server.get(path)).headers.get('etag') ?? '';
    const narrow = await get(path, { projects: ['A'] }, { 'if-none-match': tag });
    expect(narrow.status).toBe(200);
    expect((await get(path, {}, { 'if-none-match': tag })).status).toBe(304);
  });

  test('a cursor of one listing does not open another', async () => {
    const { body } = await server.get<{ nextCursor: string }>('/projects/A/calls?limit=1');
    const answer = await get(`/projects/A/calls?limit=1&cursor=${body.nextCursor}`, {
      userDid: 'bob',
    });
    expect([answer.status, answer.body.code]).toEqual([400, 'CURSOR_INVALID']);
  });

  test('more projects than a header holds are refused when the token is made', async () => {
    const projects = Array.from({ length: 100 }, (_, n) => `${n}${'x'.repeat(250)}`);
    const make = (asked: string[]): Promise<string> =>
      host.usage.createEmbedToken({ userDid: 'alice', ...ALL, projects: asked });
    await expect(make(projects)).rejects.toThrow('too long');
    await expect(make([...projects, 'one more'])).rejects.toThrow('1 to 100');
    expect((await make(Array.from({ length: 100 }, (_, n) => `p${n}`))).length).toBeLessThan(8192);
  });

  test('origins narrow where a token may come from', async () => {
    const from = (origin: string, origins?: string[]): Promise<Answer<Problem>> =>
      get('/overview', origins ? { origins } : {}, { origin });
    expect((await from(PAGE)).status).toBe(200);
    expect((await from(PAGE, [PAGE])).status).toBe(200);
    expect((await from('http://localhost:8080', [PAGE])).body.code).toBe('ORIGIN_FORBIDDEN');
    expect((await from('https://evil.example')).status).toBe(403);
    expect((await from('null')).status).toBe(403);
    expect((await get('/overview', { origins: [PAGE] })).status).toBe(200);
  });

  test('a revocation ends a user’s tokens immediately, on every instance, and no other user’s', async () => {
    const ask = async (token: string): Promise<number> =>
      (await server.get('/quota', { user: null, headers: { authorization: `Bearer ${token}` } }))
        .status;
    const make = (userDid: string): Promise<string> =>
      host.usage.createEmbedToken({ userDid, ...ALL });
    const tokens = [await make('carol'), await make('carol'), await make('dave')];
    expect(await Promise.all(tokens.map(ask))).toEqual([200, 200, 200]);
    const other = createUsage({ database: host.config, authenticate: () => null, rollup: false });
    await Promise.all([other.revokeEmbedTokens('carol'), host.usage.revokeEmbedTokens('carol')]);
    await other.stop();
    expect(await Promise.all(tokens.map(ask))).toEqual([401, 401, 200]);
    expect(await ask(await make('carol'))).toBe(200);
  });
});

describe('what cannot be asked for', () => {
  const usage = createUsage({
    database: 'sqlite::memory:',
    authenticate: () => null,
    embed: EMBED,
  });
  afterAll(() => usage.stop());
  test.each([
    [{ userDid: '' }, 'userDid'],
    [{ userDid: undefined }, 'userDid'],
    [{ userDid: 'undefined' }, 'userDid'],
    [{ userDid: ['alice'] }, 'userDid'],
    [{ userDid: { did: 'alice' } }, 'userDid'],
    [{ userDid: 'alice\0' }, 'userDid'],
    [{ projects: [] }, 'projects'],
    [{ projects: undefined }, 'projects'],
    [{ projects: null }, 'projects'],
    [{ projects: ['*'] }, 'projects'],
    [{ projects: [''] }, 'projects'],
    [{ projects: 'all' }, 'projects'],
    [{ projects: [1] }, 'projects'],
    [{ scopes: [] }, 'scopes'],
    [{ scopes: undefined }, 'scopes'],
    [{ scopes: ['*'] }, 'scopes'],
    [{ scopes: ['quota:write'] }, 'scopes'],
    [{ scopes: ['constructor:read'] }, 'scopes'],
    [{ expiresIn: 0 }, 'expiresIn'],
    [{ expiresIn: 3601 }, 'expiresIn'],
    [{ expiresIn: '61m' }, 'expiresIn'],
    [{ expiresIn: '2h' }, 'expiresIn'],
    [{ expiresIn: '10' }, 'expiresIn'],
    [{ expiresIn: Infinity }, 'expiresIn'],
    [{ expiresIn: Number.NaN }, 'expiresIn'],
    [{ origins: [] }, 'origins'],
    [{ origins: ['*'] }, 'origins'],
    [{ origins: ['https://evil.example'] }, 'not one of embed.origins'],
  ])('%j', async (changes, message) => {
    const asked = { userDid: 'alice', ...ALL, ...changes } as EmbedTokenRequest;
    await expect(usage.createEmbedToken(asked)).rejects.toThrow(message);
  });

  test.each([
    [{ keys: [] }, 'embed.keys'],
    [{ keys: [{ id: 'a', secret: '' }] }, 'embed.keys[0].secret'],
    [{ keys: [{ id: 'a', secret: 'secret' }] }, 'embed.keys[0].secret'],
    [{ keys: [{ id: 'a', secret: 'a'.repeat(64) }] }, 'embed.keys[0].secret'],
    [
      { keys: [{ id: 'a', secret: 'change-me-change-me-change-me-1234567890' }] },
      'embed.keys[0].secret',
    ],
    [{ keys: [{ id: 'a', secret: KEY.secret.slice(0, 31) }] }, 'at least 32 bytes'],
    [{ keys: [{ id: '', secret: KEY.secret }] }, 'embed.keys[0].id'],
    [{ keys: [KEY, KEY] }, 'same id'],
    [{ keys: [{ ...KEY, validUntil: 'soon' }] }, 'validUntil'],
    [{ origins: ['*'] }, 'embed.origins'],
    [{ origins: ['null'] }, 'embed.origins'],
    [{ origins: ['https://app.example/'] }, 'embed.origins'],
    [{ origins: ['https://APP.example'] }, 'embed.origins'],
    [{ origins: ['file:///tmp'] }, 'embed.origins'],
    [{ origins: 'https://app.example' }, 'embed.origins'],
    [{ issuer: '' }, 'embed.issuer'],
  ])(
    'options %j are refused at start-up, without the secret in the message',
    (changes, message) => {
      const make = (): unknown =>
        createUsage({
          database: 'sqlite::memory:',
          authenticate: () => null,
          embed: { ...EMBED, ...changes } as never,
        });
      expect(make).toThrow(message);
      try {
        make();
      } catch (error) {
        expect(String(error)).not.toContain(KEY.secret.slice(0, 20));
      }
    },
  );

  test('without the option there are no tokens, and a bearer header is the host’s own', async () => {
    const plain = createUsage({ database: 'sqlite::memory:', authenticate: () => null });
    await expect(plain.createEmbedToken({ userDid: 'alice', ...ALL })).rejects.toThrow('embed');
    await plain.stop();
  });
});
