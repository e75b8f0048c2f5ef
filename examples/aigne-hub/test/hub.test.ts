import { readFileSync } from 'node:fs';
import { DataTypes } from 'sequelize';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Overview, ProjectModels, Projects, Quota, Trends } from '@usage-kit/server-sdk';
import {
  ReferenceModel,
  referenceTotals,
  requireEqualTotals,
} from '../../../packages/server-sdk/test/helpers/reference-model.js';
import { toReference } from '../../../packages/server-sdk/test/helpers/hub-database.js';
import {
  ALICE,
  answersOf,
  clientOf,
} from '../../../packages/server-sdk/test/quota/payment-kit-fixture.js';
import { startGradually } from '../src/gradual-start.js';
import { down, up } from '../src/stats-view.js';
import { hasHubDriver, startHub, type FakeHub } from './fake-hub.js';
import { madeCalls } from './made-calls.js';

const BOB = 'did:abt:user-1';
const CAROL = 'did:abt:user-2';
const DAY_S = 86_400;
/** Seconds, so that the Hub's included ends and ours are the same instants. */
const END_S = Math.floor(Date.now() / 1000);
const calls = madeCalls(END_S * 1000);
const answers = answersOf({ total: '1000000000000', remaining: '400000000000', pending: '5' });

describe.runIf(hasHubDriver())('Usage Kit in the Hub', () => {
  let hub: FakeHub;

  beforeAll(async () => {
    const gradualStart = { percent: 0, always: [ALICE, CAROL] };
    hub = await startHub({ endMs: END_S * 1000, payment: clientOf(answers), gradualStart });
    await hub.usage.rollup.run();
  });
  afterAll(async () => {
    await hub.close();
  });

  const ofUser = (userDid: string, startS: number, appDid?: string) => {
    const model = new ReferenceModel();
    for (const call of calls) {
      const known = toReference(call);
      if (known) model.record(known);
    }
    return model.select(userDid, startS * 1000, (END_S + 1) * 1000, appDid);
  };
  const RANGE = `startTime=${END_S - 30 * DAY_S}&endTime=${END_S}`;

  test('has one copy of SQLite, which is the Hub’s', async () => {
    const [row] = await hub.select('select sqlite_version() as version', {});
    expect(row).toEqual({ version: '3.44.2' });
    if (process.platform !== 'linux') return;
    const maps = readFileSync('/proc/self/maps', 'utf8');
    const copies = new Set(maps.match(/\S+node_sqlite3\.node/g));
    expect([...copies].map((file) => file.includes('sqlite-copies'))).toEqual([true]);
  });

  test('answers the user of the session, from the Hub’s calls and with its names of projects', async () => {
    expect(await hub.status('/api/usage-kit/overview')).toBe(401);
    const from = new Date((END_S - 30 * DAY_S) * 1000).toISOString();
    const query = `from=${from}&to=${new Date((END_S + 1) * 1000).toISOString()}`;
    for (const user of [ALICE, BOB]) {
      const { totals } = await hub.get<Overview>(`/api/usage-kit/overview?${query}`, user);
      requireEqualTotals(totals, referenceTotals(ofUser(user, END_S - 30 * DAY_S)), user);
      expect(totals.calls).toBeGreaterThan(100);
    }
    const { items } = await hub.get<Projects>(`/api/usage-kit/projects?${query}`, ALICE);
    const names = Object.fromEntries(items.map(({ appDid, name }) => [appDid, name]));
    expect(names).toEqual({
      'app-1': 'One',
      'zNKapp/2': 'Two',
      '用户 的 密钥': null,
      unassigned: null,
    });
    const models = await hub.get<ProjectModels>(
      `/api/usage-kit/projects/app-1/models?${query}`,
      ALICE,
    );
    const providers = models.items.flatMap((item) => item.providerNames);
    expect(new Set(providers)).toEqual(new Set(['OpenAI']));
  });

  test('answers the balance of Payment Kit', async () => {
    const quota = await hub.get<Quota>('/api/usage-kit/quota', ALICE);
    expect(quota).toMatchObject({ status: 'ok', total: '100', currency: { symbol: 'HUB' } });
  });

  test('starts gradually, and for the same users everywhere', async () => {
    const users = Array.from({ length: 4000 }, (_, index) => `did:abt:z${index}`);
    const ten = users.filter(startGradually({ percent: 10 }));
    expect(ten.length / users.length).toBeCloseTo(0.1, 1);
    const twenty = new Set(users.filter(startGradually({ percent: 20 })));
    expect(ten.every((user) => twenty.has(user))).toBe(true);
    expect(users.filter(startGradually({ percent: 0, always: ['did:abt:z7'] }))).toEqual([
      'did:abt:z7',
    ]);
    expect(users.filter(startGradually({ percent: 100 }))).toHaveLength(4000);
    expect(() => startGradually({ percent: 101 })).toThrow(TypeError);
    expect(await hub.get('/api/usage-kit/start', ALICE)).toEqual({ usesNewPages: true });
    expect(await hub.get('/api/usage-kit/start', BOB)).toEqual({ usesNewPages: false });
    expect(await hub.get('/api/usage-kit/start')).toEqual({ usesNewPages: false });
  });

  test('leaves users without the new pages, and what is no address of the three, to the old routes', async () => {
    for (const path of ['/quota', '/projects', '/trends']) {
      expect(await hub.get(`/api/usage${path}?${RANGE}`, BOB)).toEqual({ oldRoute: path });
      expect(await hub.status(`/api/usage${path}`)).toBe(401);
    }
    for (const path of ['/projects/trends', '/projects/group-trends', '/projects/calls']) {
      expect(await hub.get(`/api/usage${path}?appDid=app-1`, ALICE)).toEqual({ oldRoute: path });
    }
  });

  test('answers /api/usage/quota as the Hub did', async () => {
    const quota = await hub.get('/api/usage/quota', ALICE);
    expect(quota).toMatchObject({ total: 100, currency: { symbol: 'HUB' }, pendingCredit: 0 });
    expect(quota['remaining']).toBeCloseTo(40, 6);
    expect(quota['used']).toBeCloseTo(60, 6);
    expect(Object.keys(quota).sort()).toEqual([
      'currency',
      'dailyAvgCredits',
      'estimatedDaysRemaining',
      'pendingCredit',
      'remaining',
      'total',
      'used',
    ]);
    // A user whom Payment Kit does not know: no zeros that look like an empty account.
    expect(await hub.status('/api/usage/quota', CAROL)).toBe(503);
  });

  test('answers /api/usage/projects as the Hub did', async () => {
    const { projects, total, page, pageSize } = await hub.get<{
      projects: { appDid: string; appName: string; totalCalls: number; totalCredits: number }[];
      total: number;
      page: number;
      pageSize: number;
    }>(`/api/usage/projects?${RANGE}&pageSize=2&page=1&sortBy=totalCredits`, ALICE);
    expect({ total, page, pageSize }).toEqual({ total: 4, page: 1, pageSize: 2 });
    expect(projects).toHaveLength(2);
    expect(projects[0]?.totalCredits).toBeGreaterThanOrEqual(projects[1]?.totalCredits ?? 0);
    const rows = (await hub.select(
      `select count(*) as "totalCalls", sum("credits") as "totalCredits", max("callTime") as "lastCallTime",
        100.0 * sum("status" = 'success') / count(*) as "successRate",
        avg(case when "status" = 'success' then "duration" end) as "avgDuration"
       from "ModelCalls" where "userDid" = :user and coalesce(nullif(nullif("appDid", ''), 'null'), 'unassigned') = :appDid
         and "callTime" between :start and :end`,
      { user: ALICE, appDid: projects[0]?.appDid, start: END_S - 30 * DAY_S, end: END_S },
    )) as Record<string, number>[];
    for (const [name, value] of Object.entries(rows[0] ?? {})) {
      expect((projects[0] as unknown as Record<string, number>)[name]).toBeCloseTo(value, 5);
    }
  });

  test('answers /api/usage/trends with the figures of the user, in the zone of the browser', async () => {
    for (const [offset, shiftS] of [
      ['-345', 20_700],
      ['480', -28_800],
      ['0', 0],
    ] as const) {
      const { trends } = await hub.get<{ trends: Record<string, number>[] }>(
        `/api/usage/trends?${RANGE}&timezoneOffset=${offset}`,
        ALICE,
      );
      const all = ofUser(ALICE, END_S - 30 * DAY_S);
      expect(trends.reduce((sum, { calls: n = 0 }) => sum + n, 0)).toBe(all.length);
      for (const { timestamp = 0, calls: n, totalCredits } of trends.slice(1)) {
        expect((timestamp + shiftS) % DAY_S).toBe(0);
        const ofDay = all.filter(
          ({ startedAt }) =>
            startedAt >= timestamp * 1000 && startedAt < (timestamp + DAY_S) * 1000,
        );
        expect(n).toBe(ofDay.length);
        expect(totalCredits).toBeCloseTo(Number(referenceTotals(ofDay).credits ?? 0), 6);
      }
    }
    const day = `startTime=${END_S - DAY_S + 1}&endTime=${END_S}`;
    const { trends } = await hub.get<{ trends: object[] }>(`/api/usage/trends?${day}`, ALICE);
    expect(trends.length).toBeGreaterThanOrEqual(24);
    expect(await hub.status('/api/usage/trends?timezoneOffset=7', ALICE)).toBe(400);
    expect(await hub.status('/api/usage/trends?startTime=9e99&endTime=1', ALICE)).toBe(200);
    expect(await hub.status(`/api/usage/trends?startTime=1&endTime=${END_S}`, ALICE)).toBe(400);
  });

  test('refuses the figures of all users with a sentence, or leaves them to the Hub', async () => {
    for (const path of ['/projects?allUsers=true', '/quota?allUser=1', '/projects?allUsers=1']) {
      expect(await hub.status(`/refusing${path}`, ALICE, 'admin')).toBe(501);
      const { error } = await hub.get<{ error: string }>(`/refusing${path}`, ALICE, 'admin');
      expect(error).toContain('all users');
      const oldRoute = path.replace(/\?.*/, '');
      expect(await hub.get(`/api/usage${path}`, ALICE, 'admin')).toEqual({ oldRoute });
    }
    expect(await hub.status('/refusing/trends', ALICE, 'owner')).toBe(501);
    expect(await hub.status('/refusing/projects', ALICE, 'owner')).toBe(200);
    expect(await hub.get('/api/usage/trends', ALICE, 'admin')).toEqual({ oldRoute: '/trends' });
  });

  test('shows the Hub rows in the shape of its table, which stays as it was', async () => {
    const before = await hub.select('select * from "ModelCallStats" order by "id"', {});
    await up({ context: hub.sequelize.getQueryInterface() });
    expect(await hub.select('select * from "ModelCallStats" order by "id"', {})).toEqual(before);
    const Rows = hub.sequelize.define(
      'ModelCallStat',
      {
        id: { type: DataTypes.STRING, primaryKey: true },
        userDid: DataTypes.STRING,
        appDid: DataTypes.STRING,
        modelId: DataTypes.STRING,
        timestamp: DataTypes.INTEGER,
        timeType: DataTypes.ENUM('day', 'hour', 'month'),
        stats: DataTypes.JSON,
      },
      { tableName: 'ModelCallStatRows' },
    );
    const { from, to } = wholeDays();
    const expected = referenceTotals(
      ofUser(ALICE, 0).filter(({ startedAt }) => startedAt >= from * 1000 && startedAt < to * 1000),
    );
    for (const timeType of ['hour', 'day']) {
      const rows = (await Rows.findAll({
        where: { userDid: ALICE, timeType },
        raw: true,
      })) as unknown as {
        id: string;
        timestamp: number;
        modelId: string | null;
        appDid: string | null;
        stats: string;
      }[];
      const inRange = rows.filter(({ timestamp }) => timestamp >= from && timestamp < to);
      const sum = (name: 'totalCalls' | 'successCalls' | 'totalCredits'): number =>
        inRange.reduce((total, { stats }) => total + readFigure(stats, name), 0);
      expect(sum('totalCalls'), timeType).toBe(expected.calls);
      expect(sum('successCalls')).toBe(expected.successfulCalls);
      expect(sum('totalCredits')).toBeCloseTo(Number(expected.credits), 5);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      expect(rows.every(({ modelId }) => (modelId === null) === (timeType === 'hour'))).toBe(true);
      expect(rows.some(({ appDid }) => appDid === null)).toBe(true);
    }
    // As the Hub's own code sums them.
    const [own] = (await hub.select(
      `select sum(json_extract("stats", '$.totalCalls')) as calls from "ModelCallStatRows"
       where "userDid" = :user and "timeType" = 'hour' and "timestamp" >= :from and "timestamp" < :to`,
      { user: ALICE, from, to },
    )) as { calls: number }[];
    expect(own?.calls).toBe(expected.calls);
    await down({ context: hub.sequelize.getQueryInterface() });
    expect(await hub.select('select * from "ModelCallStats" order by "id"', {})).toEqual(before);
  });

  test('compares days with the Hub’s calls and with its old rows', async () => {
    const found = await hub.compare(20);
    // The made database has rows of other hours in `ModelCallStats`, and calls of each day.
    expect(found.length).toBeGreaterThan(20);
    expect(found.filter(({ calls: n, ours }) => Math.abs(n - ours) > 1e-5)).toEqual([]);
    await fillOldRows(hub);
    expect((await hub.compare(20)).filter(({ figure }) => figure === 'calls')).toEqual([]);
    const { to } = wholeDays();
    const late = { id: 'late', userDid: ALICE, callTime: to - 5 * DAY_S + 60 };
    await hub.sequelize.query(
      `insert into "ModelCalls" ("id", "providerId", "model", "credentialId", "type", "totalUsage", "credits", "status",
         "appDid", "userDid", "callTime", "createdAt", "updatedAt")
       values (:id, 'p', 'm', 'c', 'chatCompletion', 3, 0.5, 'success', 'app-1', :userDid, :callTime, :now, :now)`,
      {
        replacements: {
          ...late,
          now: new Date().toISOString().replace('T', ' ').replace('Z', ' +00:00'),
        },
      },
    );
    await hub.usage.rollup.run();
    const day = new Date((to - 5 * DAY_S) * 1000).toISOString();
    const after = await hub.compare(20);
    expect(after.map(({ figure }) => figure)).toEqual(['calls', 'successCalls', 'credits']);
    expect(after[0]).toMatchObject({ userDid: ALICE, day, figure: 'calls' });
    expect(after.map(({ ours, oldPages }) => ours - oldPages)).toEqual([1, 1, expect.closeTo(0.5)]);
    const trend = await hub.get<Trends>('/api/usage-kit/trends?granularity=day', ALICE);
    expect(trend.points.find(({ start }) => start === day)?.totals.calls).toBe(after[0]?.calls);
  });
});

/** SQLite knows no type of a view's column, so Sequelize leaves the JSON as text, which the Hub's code parses. */
function readFigure(stats: string, name: string): number {
  return (JSON.parse(stats) as Record<string, number>)[name] ?? Number.NaN;
}

/** Whole UTC days of the made calls that are rolled up: an hour is due some minutes after its end. */
function wholeDays(): { from: number; to: number } {
  const to = Math.floor((END_S - 3600) / DAY_S) * DAY_S;
  return { from: to - 50 * DAY_S, to };
}

/** What the Hub's own job would have written: rows of hours of each user and project. */
async function fillOldRows({ sequelize }: FakeHub): Promise<void> {
  await sequelize.query(`delete from "ModelCallStats"`);
  await sequelize.query(`insert into "ModelCallStats" ("id", "userDid", "appDid", "timestamp", "timeType", "stats", "createdAt", "updatedAt")
    select hex(randomblob(8)), "userDid", coalesce("appDid", 'the Hub'), "callTime" / 3600 * 3600, 'hour',
      json_object('totalCalls', count(*), 'successCalls', sum("status" = 'success'), 'totalCredits', sum(coalesce("credits", 0))),
      '2026-01-01', '2026-01-01'
    from "ModelCalls" where "userDid" is not null group by "userDid", "appDid", "callTime" / 3600`);
  // Rows without a project, which its pages do not sum.
  await sequelize.query(`insert into "ModelCallStats" ("id", "userDid", "appDid", "timestamp", "timeType", "stats", "createdAt", "updatedAt")
    select hex(randomblob(8)), "userDid", null, "timestamp", "timeType", "stats", "createdAt", "updatedAt" from "ModelCallStats"`);
}
