import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../src/index.js';
import {
  NOW_MS,
  createTestUsage,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { faultsOf } from '../helpers/openapi-check.js';
import { QUOTA } from '../helpers/two-users.js';

/** Bad input of `abuse-cases`, and what was thought of besides. */
let host: TestUsage;
let server: TestServer;
const PROJECTS = [
  'app',
  '100%',
  'a_b',
  'back\\slash',
  "' OR 1=1 --",
  '"; select 1',
  '$1',
  '?',
  '??',
  ':name',
  '${7*7}',
  '{{7*7}}',
  '../../etc/passwd',
  'a\tb'.replace('\t', ' '),
  '__proto__',
  'constructor',
];

beforeAll(async () => {
  host = await createTestUsage({ quota: QUOTA, limits: { requestsPerMinute: false } });
  server = await serveInKoa(host.usage);
  await host.usage.calls.record(
    PROJECTS.map((appDid, index) => ({
      id: `id-${appDid}`,
      traceId: `trace-${index}`,
      userDid: 'alice',
      appDid,
      model: `model ${appDid}`,
      status: 'success' as const,
      startedAt: NOW_MS - 1000,
    })),
  );
});
afterAll(async () => {
  await server.close();
  await host.close();
});

const NOT_A_PAGE = [
  '-5',
  '-1',
  '0',
  '1e3',
  '10abc',
  '0x10',
  ' 5 ',
  '５',
  '+5',
  '5.5',
  '',
  'null',
  'NaN',
  'Infinity',
  '01',
  '1_000',
  '1,000',
  '٣',
  '99999999999999999999',
  '9007199254740993',
  '1000001',
  '[1]',
  '{}',
  'true',
  '1;2',
  '1%00',
];
const NOT_AN_INSTANT = [
  '',
  'now',
  'yesterday',
  '-1',
  '1e12',
  '1e308',
  'NaN',
  'Infinity',
  '0x5',
  '+1793491200000',
  '1793491200000.5',
  '８',
  '2026-11-01',
  '2026-11-01T00:00:00',
  '2026-13-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-11-01T25:00:00Z',
  '2026-11-01T00:00:00+99:00',
  '8640000000000001',
  '99999-01-01T00:00:00Z',
  '2026-11-01T00:00:00Z;drop table model_calls',
  '2026-11-01T00:00:00Z\0',
  '1970-01-01',
  '[object Object]',
  'null',
  'undefined',
];
const NOT_A_ZONE = [
  '',
  'Mars/Base',
  '+05:45',
  'utc+1',
  '../UTC',
  'Etc/GMT+99',
  'UTC\0',
  'Asia/Kathmandu; select 1',
  'localtime',
  '%',
  'x'.repeat(2000),
];
const NOT_A_COLUMN = [
  '',
  'credits;DROP TABLE model_calls',
  'user_did',
  'constructor',
  '__proto__',
  'toString',
  '1',
  '(select pg_sleep(5))',
  'calls,name',
  'CALLS',
  'calls ',
  'calls--',
  '`calls`',
  'sleep(5)',
];
const NOT_AN_ORDER = ['', 'ASC', 'asc,(select 1)', 'asc;', 'random()', '1', 'desc nulls last'];
const NOT_A_DURATION = [
  '',
  '-1',
  '1e999',
  'NaN',
  '1e3',
  '0x1',
  ' 1',
  '1.2345',
  '99999999999',
  'null',
];

type Case = [path: string, parameter: string, value: string];
const cases = (path: string, parameter: string, values: string[]): Case[] =>
  values.map((value) => [path, parameter, value]);

const REFUSED: Case[] = [
  ...cases('/projects', 'page', NOT_A_PAGE),
  ...cases('/projects', 'pageSize', [...NOT_A_PAGE, '101']),
  ...cases('/quota-details', 'page', NOT_A_PAGE),
  ...cases('/quota-details', 'pageSize', ['0', '101', '-1', '1e1']),
  ...cases('/projects/app/calls', 'limit', [...NOT_A_PAGE, '101']),
  ...cases('/overview', 'from', NOT_AN_INSTANT),
  ...cases('/trends', 'to', NOT_AN_INSTANT),
  ...cases('/quota-details', 'from', NOT_AN_INSTANT),
  ...cases('/projects/app/trends', 'timeZone', NOT_A_ZONE),
  ...cases('/projects', 'sortBy', NOT_A_COLUMN),
  ...cases('/projects/app/calls', 'sortBy', [...NOT_A_COLUMN, 'calls']),
  ...cases('/projects', 'sortOrder', NOT_AN_ORDER),
  ...cases('/trends', 'granularity', ['', 'week', 'DAY', 'minute', 'hour,day', '1', 'toString']),
  ...cases('/projects/app/calls', 'status', [
    '',
    'done',
    'SUCCESS',
    'success,failed',
    '1',
    'constructor',
  ]),
  ...cases('/projects/app/calls', 'type', ['', 'chat', 'toString', 'embedding ', '%']),
  ...cases('/projects/app/calls', 'minDurationMs', NOT_A_DURATION),
  ...cases('/projects/app/calls', 'cursor', [
    '',
    'xyz',
    'W10',
    'bnVsbA',
    'e30',
    'WzEsMSwxLDEsMSwxXQ',
    '../..',
    'A'.repeat(1025),
    Buffer.from('[1,"x",0,8640000000000001,0,"a"]').toString('base64url'),
  ]),
  ...cases('/quota-details', 'groupBy', ['', 'week', 'DAY', 'day,day', 'constructor']),
  ...cases('/quota-details', 'kind', ['', 'gift', 'GRANT', 'grant,consumption', 'constructor']),
  ...cases('/projects', 'search', ['', '\0', 'a\nb', '\u001b[2J', 'x'.repeat(256), '\u0085']),
  ...cases('/projects/app/calls', 'model', ['', '\0', 'x'.repeat(256)]),
  ...cases('/projects/app/calls', 'search', ['', '\r\nSet-Cookie: a=b', 'x'.repeat(129)]),
];

test.each(REFUSED)('%s?%s=%j is 400 and names the parameter', async (path, parameter, value) => {
  const answer = await server.get<Problem>(`${path}?${parameter}=${encodeURIComponent(value)}`);
  expect([answer.status, answer.body.errors?.map(({ parameter: name }) => name)]).toEqual([
    400,
    [parameter],
  ]);
  expect(answer.body.code).toMatch(/^(PARAMETER|CURSOR)_INVALID$/);
  expect(answer.text).not.toMatch(/select |SQLITE|at \w+ \(|node_modules|DROP TABLE/);
});

/** Raw, because a client would tidy them up. */
const ODD_QUERIES: [string, string][] = [
  ['page=1&page=2', 'page'],
  ['page[]=1', 'page[]'],
  ['page[a]=1', 'page[a]'],
  ['sortBy[$ne]=1', 'sortBy[$ne]'],
  ['search[like]=%25', 'search[like]'],
  ['__proto__[x]=1', '__proto__[x]'],
  ['constructor=1', 'constructor'],
  ['hasOwnProperty=1', 'hasOwnProperty'],
  ['toString=1', 'toString'],
  ['Page=1', 'Page'],
  ['page%00=1', 'page\0'],
  ['%70age=0', 'page'],
  ['page=1;pageSize=2', 'page'],
  ['=1', ''],
  ['callback=alert', 'callback'],
  ['_method=DELETE', '_method'],
  ['fields=userDid', 'fields'],
  ['include=users', 'include'],
  ['where=1%3D1', 'where'],
  ['timeRange=999999', 'timeRange'],
];
test.each(ODD_QUERIES)('?%s is 400', async (query, parameter) => {
  const answer = await server.get<Problem>(`/projects?${query}`);
  expect([answer.status, answer.body.errors?.[0]?.parameter]).toEqual([400, parameter]);
});

test('three thousand parameters are 400', async () => {
  const query = Array.from({ length: 3000 }, (_, n) => `a${n}=`)
    .join('&')
    .slice(0, 12_000);
  expect((await server.get(`/projects?${query}`)).status).toBe(400);
});

describe('ranges', () => {
  const DAY_MS = 86_400_000;
  const range = (from: number | string, to: number | string): string => `from=${from}&to=${to}`;
  test.each([
    ['reversed', range(NOW_MS, NOW_MS - 1)],
    ['empty', range(NOW_MS - 5, NOW_MS - 5)],
    ['in the future', range(NOW_MS + 1, NOW_MS + DAY_MS)],
    ['fifty years', range(NOW_MS - 50 * 365 * DAY_MS, NOW_MS)],
    ['401 days', range(NOW_MS - 401 * DAY_MS, NOW_MS)],
    ['from the beginning of time', range(0, NOW_MS)],
    ['seconds for milliseconds', `from=${Math.floor(NOW_MS / 1000)}`],
    ['to the end of time', range(NOW_MS - DAY_MS, 8_640_000_000_000_000)],
  ])('%s is 400 on every endpoint', async (_name, query) => {
    for (const path of [
      '/overview',
      '/trends',
      '/projects',
      '/projects/app/stats',
      '/projects/app/trends',
      '/projects/app/models',
      '/projects/app/calls',
    ]) {
      const answer = await server.get<Problem>(`${path}?${query}`);
      expect([path, answer.status, answer.body.code]).toEqual([path, 400, 'PARAMETER_INVALID']);
    }
  });

  test('as many hours as there may be are answered, one more bucket is not', async () => {
    const strict = await createTestUsage({ limits: { maxTrendPoints: 24 * 30 } });
    const other = await serveInKoa(strict.usage);
    const ask = async (days: number): Promise<number> =>
      (await other.get(`/trends?granularity=hour&${range(NOW_MS - days * DAY_MS, NOW_MS)}`)).status;
    expect([await ask(30), await ask(31)]).toEqual([200, 400]);
    await other.close();
    await strict.close();
  });
});

describe('texts that databases, templates and shells read', () => {
  const TEXTS = [
    '%',
    '_',
    '%_%_%_%_%_%',
    '\\',
    '100%',
    '%'.repeat(100),
    "' OR 1=1 --",
    '"; select 1',
    '$1',
    '?',
    '??',
    ':name',
    "'; drop table model_calls; --",
    '1) or (1=1',
    '${7*7}',
    '{{7*7}}',
    '`id`',
    '$(id)',
    '<script>alert(1)</script>',
    '\u202e',
    '🙂',
    '../../etc/passwd',
    '%2e%2e',
    '*',
    '.*',
    '(a+)+$',
    'null',
    'undefined',
    '__proto__',
  ];

  test.each(TEXTS)('%j is literal wherever a text is taken', async (text) => {
    const value = encodeURIComponent(text);
    const { body } = await server.get<{ items: { appDid: string }[] }>(
      `/projects?search=${value}&pageSize=100`,
    );
    const found = body.items.map(({ appDid }) => appDid).sort();
    expect(found).toEqual(
      PROJECTS.filter((did) => did.toLowerCase().includes(text.toLowerCase())).sort(),
    );
    for (const parameter of ['search', 'model']) {
      const calls = await server.get<{ total: number }>(
        `/projects/app/calls?${parameter}=${value}`,
      );
      expect([parameter, calls.status, calls.body.total]).toEqual([parameter, 200, 0]);
    }
    const known = PROJECTS.includes(text);
    const stats = await server.get(`/projects/${encodeURIComponent(text)}/stats`);
    expect(stats.status).toBe(known ? 200 : 404);
    expect(faultsOf('projectStats', stats)).toEqual([]);
  });

  test.each(PROJECTS)('a project called %j is found by its name alone', async (appDid) => {
    const path = `/projects/${encodeURIComponent(appDid)}`;
    const calls = await server.get<{ items: { id: string }[] }>(
      `${path}/calls?search=${encodeURIComponent(`id-${appDid}`.slice(0, 100))}`,
    );
    expect(calls.body.items.map(({ id }) => id)).toEqual([`id-${appDid}`]);
    const model = await server.get<{ total: number }>(
      `${path}/calls?model=${encodeURIComponent(`model ${appDid}`)}`,
    );
    expect(model.body.total).toBe(1);
  });
});
