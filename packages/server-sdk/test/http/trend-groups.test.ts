import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Models, Overview, Problem, Trends } from '../../src/index.js';
import {
  NOW_MS,
  createTestUsage,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { faultsOf } from '../helpers/openapi-check.js';

const HOUR_MS = 3_600_000;
let host: TestUsage;
let server: TestServer;

beforeAll(async () => {
  host = await createTestUsage({
    projects: () => [{ appDid: 'shop', name: 'The shop' }],
    providers: () => [{ provider: 'openai', name: 'OpenAI' }],
  });
  const calls: [model: string, count: number, credits: string, rest?: object][] = [
    ['small', 4, '1', { provider: 'openai' }],
    ['small', 1, '1', { provider: 'azure' }],
    // A model that is called as the rest is.
    ['other', 3, '2', { appDid: 'lab' }],
    ['large', 2, '50', { provider: 'openai', usage: { inputTokens: 900 } }],
    ['rare', 1, '0.5', { type: 'embedding' }],
    ['free', 1, '0'],
  ];
  await host.usage.calls.record(
    calls.flatMap(([model, count, credits, rest]) =>
      Array.from({ length: count }, (_, index) => ({
        ...{ userDid: 'alice', appDid: 'shop', model, credits, status: 'success' as const },
        startedAt: NOW_MS - (index + 1) * HOUR_MS,
        ...rest,
      })),
    ),
  );
  await host.usage.rollup.run();
  server = await serveInKoa(host.usage);
});
afterAll(async () => {
  await server.close();
  await host.close();
});

async function readTrends(query: string, path = '/trends'): Promise<Trends> {
  const answer = await server.get<Trends>(`${path}?${query}`);
  expect(answer.status, answer.text).toBe(200);
  expect(faultsOf(path.startsWith('/projects') ? 'projectTrends' : 'trends', answer)).toEqual([]);
  return answer.body;
}

const listGroups = ({ groups = [] }: Trends): [string, string | null, boolean, number][] =>
  groups.map(({ key, name, isOther, totals }) => [key, name, isOther, totals.calls]);

describe('groups of a trend', () => {
  test('are the largest by calls and the rest, which a model of that name does not become', async () => {
    expect(listGroups(await readTrends('groupBy=model&top=2'))).toEqual([
      ['small', null, false, 5],
      ['other', null, false, 3],
      ['other', null, true, 4],
    ]);
  });

  test('have no rest where every group is one of the largest', async () => {
    const groups = listGroups(await readTrends('groupBy=model&top=5'));
    expect(groups).toHaveLength(5);
    expect(groups.some(([, , isOther]) => isOther)).toBe(false);
  });

  test.each([
    ['calls', ['small', 'other', 'large']],
    ['credits', ['large', 'other', 'small']],
    ['tokens', ['large', 'small', 'other']],
  ])('are the largest by %s', async (topBy, keys) => {
    const { groups = [] } = await readTrends(`groupBy=model&top=3&topBy=${topBy}`);
    expect(groups.slice(0, 3).map(({ key }) => key)).toEqual(keys);
  });

  test('have the names that the host gives providers and projects; an unknown provider is empty', async () => {
    expect(listGroups(await readTrends('groupBy=provider'))).toEqual([
      ['openai', 'OpenAI', false, 6],
      ['', null, false, 5],
      ['azure', null, false, 1],
    ]);
    expect(listGroups(await readTrends('groupBy=project'))).toEqual([
      ['shop', 'The shop', false, 9],
      ['lab', null, false, 3],
    ]);
  });

  test('of one project are its own', async () => {
    const trends = await readTrends('groupBy=type', '/projects/shop/trends');
    expect(listGroups(trends)).toEqual([
      ['chatCompletion', null, false, 8],
      ['embedding', null, false, 1],
    ]);
  });

  test('are not there unless they were asked for, nor is the period before', async () => {
    const trends = await readTrends('');
    expect(trends).not.toHaveProperty('groups');
    expect(trends).not.toHaveProperty('previous');
    expect(trends.points[0]).not.toHaveProperty('groups');
  });

  test.each([
    ['top=3', 'top'],
    ['topBy=cost', 'topBy'],
    ['groupBy=user', 'groupBy'],
    ['groupBy=model&top=0', 'top'],
    ['groupBy=model&top=21', 'top'],
    ['groupBy=model&top=05', 'top'],
    ['groupBy=model&topBy=name', 'topBy'],
    ['groupBy=model&groupBy=type', 'groupBy'],
    ['compare=next', 'compare'],
    [`groupBy=model&top=20&granularity=hour&from=${NOW_MS - 60 * 24 * HOUR_MS}`, 'granularity'],
  ])('are refused for %s', async (query, parameter) => {
    const { status, body } = await server.get<Problem>(`/trends?${query}`);
    expect(status).toBe(400);
    expect(body.errors?.map((item) => item.parameter)).toEqual([parameter]);
  });

  test('of one project are not by project', async () => {
    const { status } = await server.get('/projects/shop/trends?groupBy=project');
    expect(status).toBe(400);
  });
});

test('the period before is null when the first call came later, and has a point for each point else', async () => {
  expect((await readTrends('compare=previous')).previous).toBeNull();
  const from = NOW_MS - 2 * HOUR_MS;
  const { previous, points } = await readTrends(`from=${from}&granularity=hour&compare=previous`);
  expect(previous?.points).toHaveLength(points.length);
});

test('models of the account are those of all projects and add up to the overview', async () => {
  const { body } = await server.get<Models>('/models');
  expect(body.items.map(({ model, share }) => [model, share])).toEqual([
    ['small', 5 / 12],
    ['other', 3 / 12],
    ['large', 2 / 12],
    ['free', 1 / 12],
    ['rare', 1 / 12],
  ]);
  expect(body.items[0]?.providers).toEqual(['azure', 'openai']);
  const overview = await server.get<Overview>('/overview');
  const calls = body.items.reduce((sum, { totals }) => sum + totals.calls, 0);
  expect(calls).toBe(overview.body.totals.calls);
});
