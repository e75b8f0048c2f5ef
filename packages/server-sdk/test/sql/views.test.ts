import { readFileSync } from 'node:fs';
import knexFactory, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ModelCallInput, Overview, ProjectModels, Projects, Trends } from '../../src/index.js';
import {
  NOW_MS,
  createTestUsageOn,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Days of the queries: whole UTC days up to today. */
const FROM_MS = Date.UTC(2026, 9, 1);
const TO_MS = Date.UTC(2026, 10, 23);
const USER = 'did:abt:alice';
const APP = 'app-1';

/** The queries of docs/sql.md, by their headings. */
const QUERIES = new Map(
  [
    ...readFileSync(new URL('../../../../docs/sql.md', import.meta.url), 'utf8').matchAll(
      /^## \d+\. (.+)$[^]*?^```sql\n([^]*?)^```$/gm,
    ),
  ].map(([, title = '', sql = '']) => [title, sql]),
);

type Row = Record<string, unknown>;

const STATUSES = ['success', 'failed', 'success', 'processing'] as const;

/** A call whose fields are there or missing by its number. */
function createCall(index: number, salt: number): ModelCallInput {
  const mixed = (index + salt) * 7919;
  const unless = <T extends object>(divisor: number, fields: T): Partial<T> =>
    mixed % divisor === 0 ? {} : fields;
  return {
    id: `call-${salt}-${index}`,
    userDid: index % 4 === 0 ? 'did:abt:bob' : USER,
    appDid: index % 7 === 0 ? null : `app-${mixed % 3}`,
    model: `m${mixed % 4}`,
    ...unless(5, { provider: 'p' }),
    type: mixed % 3 === 0 ? 'imageGeneration' : 'chatCompletion',
    status: STATUSES[mixed % 4] ?? 'success',
    startedAt: NOW_MS - 2000 - (mixed % (53 * 24)) * HOUR_MS - (mixed % HOUR_MS),
    ...unless(6, { durationMs: (mixed % 9000) / 10 }),
    ...unless(4, {
      usage: {
        ...{ inputTokens: mixed % 900, outputTokens: 7 },
        ...unless(5, { cachedInputTokens: (mixed % 900) >> 1 }),
      },
    }),
    ...unless(8, { credits: `0.${String(mixed % 1e8).padStart(8, '0')}` }),
    ...unless(3, { ttfbMs: (mixed % 3000) / 10 }),
    ...unless(9, { cost: `0.${String(mixed % 1e8).padStart(10, '0')}` }),
    ...(mixed % 11 === 0 && { currency: 'EUR' }),
  };
}

describe.each(await takeServers())('SQL over the views on $name', (server) => {
  let host: TestUsage;
  let http: TestServer;
  let other: Knex;

  beforeAll(async () => {
    host = await createTestUsageOn(server, {
      retention: { callsDays: 40 },
      // Some stay as they are, for the views to count.
      recorder: { abandonAfterMinutes: false },
    });
    http = await serveInKoa(host.usage);
    other = knexFactory({ ...host.config, useNullAsDefault: true });
    await record(600);
    await host.usage.rollup.run();
    // Late calls, of archived hours and others, and calls of the running hour: nothing is rolled up of these.
    await record(120, 1000);
    await host.usage.calls.record({
      ...{ userDid: USER, appDid: APP, model: 'm1', status: 'success', credits: '1.5' },
      startedAt: NOW_MS - 1000,
    });
  });
  afterAll(async () => {
    await other.destroy();
    await http.close();
    await host.close();
  });

  async function record(count: number, salt = 0): Promise<void> {
    await host.usage.calls.record(
      Array.from({ length: count }, (_, index) => createCall(index, salt)),
    );
  }

  async function run(title: string): Promise<Row[]> {
    const sql = QUERIES.get(title);
    if (sql === undefined) throw new Error(`docs/sql.md has no query "${title}"`);
    const result: unknown = await other.raw(sql);
    if (!Array.isArray(result)) return (result as { rows: Row[] }).rows;
    return (Array.isArray(result[0]) ? result[0] : result) as Row[];
  }

  async function get<T>(path: string, user = USER): Promise<T> {
    const answer = await http.get<T>(`${path}?from=${FROM_MS}&to=${TO_MS}`, { user });
    expect(answer.status).toBe(200);
    return answer.body;
  }

  const toMs = (value: unknown): number =>
    value instanceof Date ? value.getTime() : Date.parse(`${String(value).replace(' ', 'T')}Z`);
  const credits = (row: Row | undefined): number => Number(row?.['credits']);

  test('there are ten', () => {
    expect(QUERIES.size).toBe(10);
  });

  test('a day, by user', async () => {
    const rows = await run('Calls, tokens and credits of a user by day');
    const { points } = await http
      .get<Trends>(`/trends?from=${FROM_MS}&to=${TO_MS}&granularity=day`, { user: USER })
      .then(({ body }) => body);
    const days = new Map(rows.map((row) => [toMs(row['day_start']), row]));
    for (const { start, totals } of points) {
      const row = days.get(Date.parse(start));
      expect(Number(row?.['calls'] ?? 0)).toBe(totals.calls);
      expect(Number(row?.['total_tokens'] ?? 0)).toBe(totals.totalTokens ?? 0);
      expect(row ? credits(row) : 0).toBeCloseTo(Number(totals.credits ?? 0), 7);
    }
  });

  test('totals of a user', async () => {
    const { totals } = await get<Overview>('/overview');
    const [row] = await run('Totals of a user');
    const counts: [column: string, expected: number][] = [
      ['calls', totals.calls],
      ['failed_calls', totals.failedCalls],
      ['processing_calls', totals.processingCalls],
      ['unknown_token_calls', totals.unknownTokenCalls],
      ['unknown_credit_calls', totals.unknownCreditCalls],
      ['unpriced_calls', totals.unpricedCalls],
    ];
    for (const [column, expected] of counts) expect(Number(row?.[column])).toBe(expected);
    const figures: [column: string, expected: number | string | null, digits: number][] = [
      ['credits', totals.credits, 7],
      ['cost', totals.cost, 9],
      ['cache_share', totals.cacheShare, 6],
      ['output_tokens_per_second', totals.outputTokensPerSecond, 2],
      ['average_duration_ms', totals.averageDurationMs, 2],
      ['success_rate', totals.successRate, 6],
    ];
    for (const [column, expected, digits] of figures) {
      expect(expected, column).not.toBeNull();
      expect(Number(row?.[column]), column).toBeCloseTo(Number(expected), digits);
    }
  });

  test('projects by what they cost', async () => {
    const { items } = await get<Projects>('/projects');
    const rows = await run('Projects of a user by credits');
    expect(rows).toHaveLength(items.length);
    for (const { appDid, totals } of items) {
      const row = rows.find((each) => each['app_did'] === appDid);
      expect(Number(row?.['calls'])).toBe(totals.calls);
      expect(credits(row)).toBeCloseTo(Number(totals.credits), 7);
    }
  });

  test('models of a project', async () => {
    const { items } = await get<ProjectModels>(`/projects/${APP}/models`);
    const rows = await run('Models of a project');
    expect(rows).toHaveLength(items.length);
    for (const { model, totals } of items) {
      const row = rows.find((each) => each['model'] === model);
      expect(Number(row?.['calls'])).toBe(totals.calls);
      expect(Number(row?.['total_tokens'])).toBe(totals.totalTokens ?? 0);
    }
  });

  test('types, hours, months, failures, all users and the tie of the views', async () => {
    const { byType, totals } = await get<Overview>('/overview');
    const types = await run('Calls of a user by type');
    expect(types.map((row) => [row['type'], Number(row['calls'])]).sort()).toEqual(
      byType.map(({ type, calls }) => [type, calls]).sort(),
    );

    const hours = await run('Calls of a user by hour, the running hour included');
    const { points } = await http
      .get<Trends>(`/trends?from=${TO_MS - 2 * DAY_MS}&to=${TO_MS}&granularity=hour`, {
        user: USER,
      })
      .then(({ body }) => body);
    const byHour = new Map(hours.map((row) => [toMs(row['hour_start']), Number(row['calls'])]));
    for (const point of points) {
      expect(byHour.get(Date.parse(point.start)) ?? 0).toBe(point.totals.calls);
    }

    const months = await run('Credits of a user by month');
    expect(months.reduce((sum, row) => sum + Number(row['calls']), 0)).toBe(totals.calls);

    const failures = await run('Failure rate of each model');
    const failed = failures.reduce((sum, row) => sum + Number(row['failed_calls']), 0);
    expect(failed).toBe(totals.failedCalls);

    const users = await run('Users by credits');
    const ofBob = await get<Overview>('/overview', 'did:abt:bob');
    const all = new Map(users.map((row) => [row['user_did'], row]));
    expect(Number(all.get(USER)?.['calls'])).toBe(totals.calls);
    expect(Number(all.get('did:abt:bob')?.['calls'])).toBe(ofBob.totals.calls);
    expect(credits(all.get('did:abt:bob'))).toBeCloseTo(Number(ofBob.totals.credits), 7);

    const slowest = await run('The slowest calls of a user');
    const durations = slowest.map((row) => Number(row['duration_ms']));
    expect(durations).toEqual([...durations].sort((a, b) => b - a));
    expect(durations.length).toBeGreaterThan(0);
  });
});
