import { createServer } from 'node:http';
import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  aigneHubCalls,
  createUsage,
  staticQuota,
  type CallItem,
  type Totals,
  type Usage,
} from '../../src/index.js';
import { NOW_MS, listen, type TestServer } from '../helpers/create-test-usage.js';
import {
  createHub,
  fingerprintHub,
  hubCalls,
  openHub,
  toReference,
  writeHubCalls,
  type HubCall,
} from '../helpers/hub-database.js';
import {
  ReferenceModel,
  referenceTotals,
  requireEqualTotals,
  type ReferenceCall,
} from '../helpers/reference-model.js';
import { takeSqliteFirst } from '../helpers/take-servers.js';
import type { TestDatabase } from '../helpers/test-databases.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const RANGE = { from: NOW_MS - 70 * DAY_MS, to: NOW_MS };
const QUERY = `from=${RANGE.from}&to=${RANGE.to}`;
const USERS = ['did:abt:user-0', 'did:abt:user-1', 'did:abt:user-2'];
const PROJECTS = ['app-1', 'zNKapp/2', '用户 的 密钥', 'unassigned'];
const servers = (await takeSqliteFirst()).filter(({ name }) => name !== 'MariaDB');

describe.each(servers)('a database of AIGNE Hub on $name', (server) => {
  const calls = new Map<string, HubCall>();
  let database: TestDatabase;
  let hub: Knex;
  let usage: Usage;
  let http: TestServer;
  let before: Record<string, string>;

  beforeAll(async () => {
    database = await server.create();
    hub = openHub(database.config);
    for (const call of hubCalls(1500, NOW_MS, 60)) calls.set(call.id, call);
    await createHub(hub, [...calls.values()]);
    before = await fingerprintHub(hub);
    usage = createUsage({
      database: database.config,
      calls: aigneHubCalls(),
      authenticate: ({ headers }) => ({ userDid: String(headers['x-user']) }),
      quota: staticQuota({
        entries: [{ id: 'g', kind: 'grant', amount: '900000000000', occurredAt: 0 }],
      }),
      rollup: false,
      clock: { now: () => NOW_MS },
    });
    await usage.migrate();
    http = await listen(createServer(usage.callback()), '/api/usage');
  });
  afterAll(async () => {
    await http.close();
    await usage.stop();
    await hub.destroy();
    await database.drop();
  });

  function reference(userDid: string, appDid?: string): ReferenceCall[] {
    const model = new ReferenceModel();
    for (const call of calls.values()) {
      const known = toReference(call);
      if (known) model.record(known);
    }
    return model.select(userDid, RANGE.from, RANGE.to, appDid);
  }

  async function requireEverythingEqual(): Promise<void> {
    for (const user of USERS) {
      const whole = reference(user);
      const overview = await ask<{ totals: Totals; activeProjects: number }>(user, '/overview');
      requireEqualTotals(overview.totals, referenceTotals(whole), `${user} overview`);
      expect(overview.activeProjects).toBe(PROJECTS.length);
      const list = await ask<{ items: { appDid: string; totals: Totals }[] }>(user, '/projects');
      expect(list.items.map(({ appDid }) => appDid).sort()).toEqual([...PROJECTS].sort());
      for (const { appDid, totals } of list.items) {
        const expected = referenceTotals(reference(user, appDid));
        requireEqualTotals(totals, expected, `${user} project ${appDid}`);
        await requireProjectEqual(user, appDid, expected);
      }
      const trend = await ask<{ points: { start: string; end: string; totals: Totals }[] }>(
        user,
        '/trends?timeZone=Asia/Kathmandu&granularity=day',
      );
      for (const { start, end, totals } of trend.points) {
        const inside = whole.filter(
          ({ startedAt }) => startedAt >= Date.parse(start) && startedAt < Date.parse(end),
        );
        requireEqualTotals(totals, referenceTotals(inside), `${user} day ${start}`);
      }
      expect(trend.points.reduce((sum, { totals }) => sum + totals.calls, 0)).toBe(whole.length);
      const quota = await ask<{ used: string }>(user, '/quota', false);
      expect(quota.used).toBe(referenceTotals(whole).credits);
    }
  }

  async function requireProjectEqual(
    user: string,
    appDid: string,
    expected: Totals,
  ): Promise<void> {
    const path = `/projects/${encodeURIComponent(appDid)}`;
    const stats = await ask<{ totals: Totals }>(user, `${path}/stats`);
    requireEqualTotals(stats.totals, expected, `${user} ${appDid} stats`);
    const models = await ask<{ items: { model: string; totals: Totals }[] }>(
      user,
      `${path}/models`,
    );
    for (const { model, totals } of models.items) {
      const ofModel = reference(user, appDid).filter((call) => call.model === model);
      requireEqualTotals(totals, referenceTotals(ofModel), `${user} ${appDid} ${model}`);
    }
    expect(models.items.reduce((sum, { totals }) => sum + totals.calls, 0)).toBe(expected.calls);
    const trend = await ask<{ points: { totals: Totals }[] }>(user, `${path}/trends`);
    expect(trend.points.reduce((sum, { totals }) => sum + totals.calls, 0)).toBe(expected.calls);
  }

  async function ask<T>(user: string, path: string, ranged = true): Promise<T> {
    const query = ranged ? `${path.includes('?') ? '&' : '?'}${QUERY}` : '';
    const answer = await http.get<T>(path + query, { user });
    expect(answer.status, answer.text).toBe(200);
    return answer.body;
  }

  /** Walks a project's history page by page. */
  async function historyOf(user: string, appDid: string, sort: string): Promise<CallItem[]> {
    const items: CallItem[] = [];
    let cursor = '';
    do {
      const page = await ask<{ items: CallItem[]; nextCursor: string | null; total: number }>(
        user,
        `/projects/${encodeURIComponent(appDid)}/calls?limit=17&${sort}${cursor}`,
      );
      expect(page.total).toBe(reference(user, appDid).length);
      items.push(...page.items);
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    return items;
  }

  test('responds before the first rollup, from the Hub’s rows', async () => {
    await requireEverythingEqual();
  });

  test('is migrated and rolled up with nothing of the Hub’s changed', async () => {
    const { hours } = await usage.rollup.run();
    expect(hours).toBeGreaterThan(100);
    expect(await fingerprintHub(hub)).toEqual(before);
    expect(Number((await hub('model_call_stats').count({ n: '*' }))[0]?.['n'])).toBeGreaterThan(0);
    expect(await hub('model_calls')).toEqual([]);
    await requireEverythingEqual();
    expect(await usage.rollup.verify(RANGE)).toMatchObject({ differences: [], pendingHours: 0 });
  });

  test.each(['sortBy=time', 'sortBy=time&sortOrder=asc', 'sortBy=duration'])(
    'has a history that shows every call once, %s',
    async (sort) => {
      for (const appDid of ['app-1', 'unassigned']) {
        const items = await historyOf('did:abt:user-1', appDid, sort);
        const expected = reference('did:abt:user-1', appDid);
        expect(items.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
        const values = items.map(({ startedAt, durationMs }) =>
          sort.includes('duration') ? -(durationMs ?? -1) : Date.parse(startedAt),
        );
        const rising = sort === 'sortBy=time' ? [...values].reverse() : values;
        expect(rising).toEqual([...rising].sort((a, b) => a - b));
      }
    },
  );

  test('shows a call in our units', async () => {
    const rows = await historyOf('did:abt:user-1', 'app-1', 'sortBy=time');
    const call = [...calls.values()].find(
      ({ userDid, appDid, status, type }) =>
        userDid === 'did:abt:user-1' &&
        appDid === 'app-1' &&
        status === 'success' &&
        type === 'chatCompletion',
    );
    expect(rows.find(({ id }) => id === call?.id)).toMatchObject({
      durationMs: Number(call?.duration) * 1000,
      ttfbMs: 123.4,
      credits: call?.credits,
      provider: call?.providerId,
      metadata: { from: 'hub' },
      usage: { totalTokens: call?.totalUsage, units: null },
    });
    const image = rows.find(({ type }) => type === 'imageGeneration');
    if (image) expect(image.usage).toMatchObject({ totalTokens: null, inputTokens: null });
  });

  test('gives responses an entity tag of their content, so that a row the Hub writes is not hidden', async () => {
    const path = `/overview?${QUERY}`;
    const user = 'did:abt:user-2';
    const first = await http.get(path, { user });
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    expect((await http.get(path, { user, headers })).status).toBe(304);
    const live = { ...sample(), id: 'live', userDid: user, callTime: NOW_MS / 1000 - 5 };
    live.callTime = Math.floor(live.callTime);
    await writeHubCalls(hub, [live], Date.now());
    calls.set(live.id, live);
    expect((await http.get(path, { user, headers })).status).toBe(200);
  });

  test('finds late rows and corrections within one run', async () => {
    const late = { ...sample(), id: 'late', callTime: Math.floor(NOW_MS / 1000) - 40 * 86_400 };
    const known = [...calls.values()].find(({ id }) => id === 'call-100');
    const corrected = {
      ...(known ?? sample()),
      credits: '77.00000007',
      status: 'success' as const,
    };
    const changed = [late, corrected];
    await writeHubCalls(hub, changed, Date.now());
    for (const call of changed) calls.set(call.id, call);
    const { rebuiltHours } = await usage.rollup.run();
    expect(rebuiltHours).toBeGreaterThanOrEqual(2);
    await requireEverythingEqual();
    expect(await usage.rollup.verify(RANGE)).toMatchObject({ differences: [], pendingHours: 0 });
  });

  test('leaves deletions to verify and rebuild', async () => {
    // In an hour that nothing else changes.
    const changedHour = Math.floor((calls.get('call-100')?.callTime ?? 0) / 3600);
    const gone = [...calls.values()].find(
      ({ userDid, callTime, status }) =>
        userDid === 'did:abt:user-1' &&
        status === 'success' &&
        Math.abs(Math.floor(callTime / 3600) - changedHour) > 2,
    );
    await hub('ModelCalls')
      .where('id', gone?.id ?? '')
      .delete();
    calls.delete(gone?.id ?? '');
    await usage.rollup.run();
    const { differences } = await usage.rollup.verify(RANGE);
    expect(differences.length).toBeGreaterThan(0);
    expect(differences.every(({ userDid }) => userDid === 'did:abt:user-1')).toBe(true);
    await usage.rollup.rebuild({ ...RANGE, userDid: 'did:abt:user-1' });
    expect((await usage.rollup.verify(RANGE)).differences).toEqual([]);
    await requireEverythingEqual();
  });

  test('reads the project "unassigned" through an index of the user, though it has three names', async () => {
    if (server.name !== 'SQLite') return;
    const own = openHub(database.config);
    const asked: { sql: string; bindings: Knex.RawBinding[] }[] = [];
    own.on('query', (query: { sql: string; bindings: Knex.RawBinding[] }) => asked.push(query));
    const reader = createUsage({
      database: own,
      calls: aigneHubCalls(),
      authenticate: ({ headers }) => ({ userDid: String(headers['x-user']) }),
      rollup: false,
      clock: { now: () => NOW_MS },
    });
    const watched = await listen(createServer(reader.callback()), '/api/usage');
    for (const path of ['calls', 'stats', 'trends', 'models']) {
      await watched.get(`/projects/unassigned/${path}`, { user: 'did:abt:user-1' });
    }
    const reads = asked.filter(({ sql }) => sql.includes('"ModelCalls"'));
    expect(reads.length).toBeGreaterThanOrEqual(4);
    for (const { sql, bindings } of [...reads]) {
      const plan = await own.raw<{ detail: string }[]>(`explain query plan ${sql}`, bindings);

      const steps = plan.map(({ detail }) => detail).filter((step) => step.includes('ModelCalls'));
      expect(steps.length).toBeGreaterThan(0);
      for (const step of steps) expect(step).toMatch(/^SEARCH ModelCalls USING .*\(userDid=\?/);
      // Which of the user's two indexes is the planner's choice; either is bounded.
      for (const step of steps) expect(step).toMatch(/appDid=\?|callTime>\? AND callTime<\?/);
    }
    await watched.close();
    await reader.stop();
    await own.destroy();
  });

  test('is not written to', async () => {
    const call = { userDid: 'a', model: 'm', status: 'success' as const, startedAt: NOW_MS };
    await expect(usage.calls.record(call)).rejects.toMatchObject({ code: 'CALLS_READ_ONLY' });
    await expect(usage.calls.begin({ userDid: 'a', model: 'm' })).rejects.toThrow('"ModelCalls"');
  });

  test('is not rolled up from another table by mistake', async () => {
    const other = createUsage({
      database: database.config,
      authenticate: () => null,
      rollup: false,
      clock: { now: () => NOW_MS },
    });
    await expect(other.rollup.run()).rejects.toThrow('computed from "ModelCalls"');
    await expect(other.rollup.rebuild(RANGE)).rejects.toThrow('computed from "ModelCalls"');
    await expect(other.rollup.verify(RANGE)).rejects.toThrow('computed from "ModelCalls"');
    await other.stop();
    expect((await usage.rollup.verify(RANGE)).differences).toEqual([]);
  });
});

function sample(): HubCall {
  const [call] = hubCalls(2, NOW_MS, 60).slice(1);
  if (!call) throw new Error('There is a call');
  return call;
}
