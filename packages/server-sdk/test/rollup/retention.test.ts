import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Overview, ProjectCalls, Projects, Trends } from '../../src/contract/index.js';
import type { ModelCallInput } from '../../src/index.js';
import {
  createTestUsageOn,
  NOW_MS,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';
import { sqliteServer } from '../helpers/test-databases.js';

const USER = 'user-1';
const APP = 'app-1';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What is older than 40 days, by UTC days. */
const ARCHIVED_MS = Date.UTC(2026, 9, 13);
const servers = await takeServers();

const call = (
  id: string,
  startedAt: number,
  more: Partial<ModelCallInput> = {},
): ModelCallInput => ({
  id,
  userDid: USER,
  appDid: APP,
  model: `m-${id.length % 2}`,
  status: 'success',
  startedAt,
  durationMs: 100 + id.length,
  usage: { inputTokens: 10, outputTokens: 5 },
  credits: '0.00000003',
  ...more,
});

const DAYS_AGO = [0, 1, 2, 30, 33, 39, 45, 46, 60, 75, 90, 98];

/** Calls of a hundred days, some of each hour on both sides of a half. */
const CALLS = Array.from({ length: 180 }, (_, index) =>
  call(
    `call-${index}`,
    NOW_MS - 1 - (DAYS_AGO[index % DAYS_AGO.length] ?? 0) * DAY_MS - (index % 3) * 25 * 60_000,
    index % 7 === 0 ? { status: 'failed', appDid: 'app-2' } : {},
  ),
);
/** On a full hour, as ranges are answered that begin in archived time. */
const FROM_MS = Math.floor((NOW_MS - 99 * DAY_MS) / HOUR_MS) * HOUR_MS;

describe.each(servers)('calls that are archived, on $name', (server) => {
  let host: TestUsage;
  let http: TestServer;
  beforeEach(async () => {
    host = await createTestUsageOn(server, { retention: { callsDays: 40 } });
    http = await serveInKoa(host.usage);
    await host.usage.calls.record(CALLS);
  });
  afterEach(async () => {
    await http.close();
    await host.close();
  });

  const query = (fromMs: number, toMs = NOW_MS): string => `from=${fromMs}&to=${toMs}`;
  const get = async <T extends object>(path: string): Promise<T> => {
    const answer = await http.get<T>(path, { user: USER });
    expect(answer.status, answer.text).toBe(200);
    return answer.body;
  };
  const overview = (fromMs: number, toMs = NOW_MS): Promise<Overview> =>
    get(`/overview?${query(fromMs, toMs)}`);

  test('count as before, in every figure', async () => {
    const before = await overview(FROM_MS);
    expect(before.totals.calls).toBe(CALLS.length);
    const projects = await get<Projects>(`/projects?${query(FROM_MS)}&sortBy=calls`);
    await host.usage.rollup.run();
    const after = await overview(FROM_MS);
    expect(after.totals).toEqual(before.totals);
    expect(after.byType).toEqual(before.byType);
    expect(after.freshness.archivedBefore).toBe(new Date(ARCHIVED_MS).toISOString());
    const listed = await get<Projects>(`/projects?${query(FROM_MS)}&sortBy=calls`);
    expect(listed.items).toEqual(projects.items);
    expect((await host.usage.rollup.status()).archivedBefore).toBe(after.freshness.archivedBefore);
  });

  test('leave their table, and no others do', async () => {
    await host.usage.rollup.run();
    const expected = CALLS.filter(({ startedAt }) => Number(startedAt) >= ARCHIVED_MS);
    const ofApp = expected.filter(({ appDid }) => appDid === APP);
    const page = await get<ProjectCalls>(`/projects/${APP}/calls?${query(FROM_MS)}&limit=50`);
    const rest = await get<ProjectCalls>(
      `/projects/${APP}/calls?${query(FROM_MS)}&limit=50&cursor=${page.nextCursor}`,
    );
    expect(page.total).toBe(ofApp.length);
    expect([...page.items, ...rest.items].map(({ id }) => id).sort()).toEqual(
      ofApp.map(({ id }) => id).sort(),
    );
    const failed = await get<ProjectCalls>(
      `/projects/app-2/calls?${query(FROM_MS)}&status=failed&limit=1`,
    );
    expect(failed.total).toBe(expected.length - ofApp.length);
    const none = await get<ProjectCalls>(
      `/projects/${APP}/calls?${query(FROM_MS, ARCHIVED_MS - DAY_MS)}`,
    );
    expect(none).toMatchObject({ items: [], total: 0, nextCursor: null });
  });

  test('count on the days of any zone as before', async () => {
    const zones = ['UTC', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns'];
    const readTrends = (): Promise<Trends[]> =>
      Promise.all(
        zones.map((zone) =>
          get<Trends>(`/trends?${query(FROM_MS)}&granularity=day&timeZone=${zone}`),
        ),
      );
    const before = await readTrends();
    await host.usage.rollup.run();
    const after = await readTrends();
    expect(after.map(({ points }) => points)).toEqual(before.map(({ points }) => points));
  });

  test('are still there for who asks whether a project was ever called', async () => {
    await host.usage.calls.record(call('only', NOW_MS - 80 * DAY_MS, { appDid: 'old-app' }));
    await host.usage.rollup.run();
    const { totals } = await get<{ totals: { calls: number } }>(
      `/projects/old-app/stats?${query(FROM_MS)}`,
    );
    expect(totals.calls).toBe(1);
    expect((await http.get('/projects/no-app/stats', { user: USER })).status).toBe(404);
    // The period before is not "none": there were calls.
    expect((await overview(NOW_MS - 30 * DAY_MS)).previous).not.toBeNull();
  });

  test('may get late calls, which are counted once', async () => {
    await host.usage.rollup.run();
    const before = await overview(FROM_MS);
    const lateMs = NOW_MS - 60 * DAY_MS;
    await host.usage.calls.record([
      call('late-1', lateMs),
      call('late-22', lateMs + 1, { appDid: 'app-3' }),
    ]);
    expect((await overview(FROM_MS)).totals.calls).toBe(before.totals.calls + 2);
    for (let run = 0; run < 3; run += 1) {
      await host.usage.rollup.run();
      const after = await overview(FROM_MS);
      expect(after.totals.calls).toBe(before.totals.calls + 2);
      expect(after.totals.totalTokens).toBe((before.totals.totalTokens ?? 0) + 30);
      expect(after.activeProjects).toBe(before.activeProjects + 1);
    }
    await host.usage.rollup.rebuild({ from: FROM_MS, to: NOW_MS });
    expect((await overview(FROM_MS)).totals.calls).toBe(before.totals.calls + 2);
    const report = await host.usage.rollup.verify({ from: FROM_MS, to: NOW_MS });
    expect(report.differences).toEqual([]);
    expect(report.buckets).toBeGreaterThan(0);
  });

  test('go on from where they stopped, as days pass', async () => {
    const before = await overview(FROM_MS);
    await host.usage.rollup.run();
    host.clock.nowMs += 9 * DAY_MS;
    await host.usage.rollup.run();
    const after = await overview(FROM_MS);
    expect(after.totals).toEqual(before.totals);
    expect(after.freshness.archivedBefore).toBe(new Date(ARCHIVED_MS + 9 * DAY_MS).toISOString());
  });
});

test('a table of the host is never deleted from', async () => {
  await expect(
    createTestUsageOn(sqliteServer, {
      retention: { callsDays: 40 },
      calls: {
        table: 'calls',
        columns: { id: 'id', userDid: 'user', model: 'model', status: 'status', startedAt: 'at' },
        timeUnit: 'ms',
      },
    }),
  ).rejects.toThrow('retention');
});
