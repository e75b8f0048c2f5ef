import type { RouteName, RouteResponses } from '@usage-kit/server-sdk/contract';
import { describe, expect, it } from 'vitest';
import { createMockClient } from '@usage-kit/testing/mock-client';
import { loadCheck } from './load-check.js';

const client = createMockClient();
const range = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z' };
const BODIES: Readonly<Record<RouteName, unknown>> = {
  quota: await client.getQuota(),
  alerts: await client.getAlerts(),
  budgets: await client.getBudgets(),
  advice: await client.getAdvice(range),
  quotaDetails: await client.getQuotaDetails({ page: 1, pageSize: 10 }),
  overview: await client.getOverview(range),
  projects: await client.getProjects({ ...range, page: 1, pageSize: 20 }),
  trends: await client.getTrends({ ...range, groupBy: 'model', compare: 'previous' }),
  models: await client.getModels(range),
  activity: await client.getActivity(range),
  projectStats: await client.getProjectStats('p', range),
  projectTrends: await client.getProjectTrends('p', range),
  projectModels: await client.getProjectModels('p', range),
  projectLatency: await client.getProjectLatency('p', range),
  projectFailures: await client.getProjectFailures('p', range),
  projectCalls: await client.getProjectCalls('p', { ...range, limit: 25 }),
} satisfies RouteResponses;
const routes = Object.keys(BODIES) as RouteName[];
const checks = new Map(
  await Promise.all(routes.map(async (route) => [route, await loadCheck(route)] as const)),
);
const findWrongField = (route: RouteName, body: unknown) => checks.get(route)?.(body);

/** The body once for each of its values, with that one replaced; lists by their first item. */
function* variants(value: unknown, wrong: unknown): Generator<unknown> {
  yield wrong;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (name === 'metadata' || (Array.isArray(value) && name !== '0')) continue;
    for (const changed of variants(member, wrong)) {
      yield Array.isArray(value)
        ? [changed, ...(value.slice(1) as unknown[])]
        : { ...value, [name]: changed };
    }
  }
}

describe('findWrongField', () => {
  it.each(routes)('finds nothing wrong with %s as it should be', (route) => {
    expect(findWrongField(route, BODIES[route])).toBeNull();
    expect(findWrongField(route, { ...(BODIES[route] as object), added: { later: 1 } })).toBeNull();
  });

  it.each(routes)('lets no value of %s be of no kind at all', (route) => {
    // No field may be any of these, whatever it is for.
    for (const wrong of [() => 1, Number.NaN, Infinity, 1e308, Symbol('x')]) {
      const accepted = [...variants(BODIES[route], wrong)].filter(
        (body) => findWrongField(route, body) === null,
      );
      expect(accepted).toEqual([]);
    }
  });

  it.each(routes)('takes neither lists for objects nor objects for lists in %s', (route) => {
    const bodies = [...variants(BODIES[route], { length: 3 })];
    expect(bodies.filter((body) => findWrongField(route, body) === null)).toEqual([]);
    const lists = [...variants(BODIES[route], 7)].map((body) => JSON.stringify(body));
    expect(new Set(lists).size).toBeGreaterThan(3);
  });

  it.each([
    ['overview', '.totals.calls', '12'],
    ['overview', '.totals.calls', null],
    ['overview', '.totals.calls', -1],
    ['overview', '.totals.credits', 12],
    ['overview', '.totals.credits', 'NaN'],
    ['overview', '.totals.credits', '9'.repeat(4000)],
    ['overview', '.totals.successRate', 1.5],
    ['overview', '.range.from', '2026-99-99T99:99:99Z'],
    ['overview', '.range.from', '+275760-09-13T00:00:00.001Z'],
    ['overview', '.freshness.asOf', 5],
  ] as const)('names the field of %s: %s is %j', (route, path, wrong) => {
    const body = structuredClone(BODIES[route]) as Record<string, Record<string, unknown>>;
    const [, group = '', field = ''] = path.split('.');
    (body[group] ?? {})[field] = wrong;
    expect(findWrongField(route, body)).toBe(path);
  });

  it('lets figures be unknown, and counts of the unknown be missing', () => {
    const body = structuredClone(BODIES.overview) as { totals: Record<string, unknown> };
    Object.assign(body.totals, { credits: null, totalTokens: null, inputTokens: null });
    delete body.totals['unknownTokenCalls'];
    expect(findWrongField('overview', body)).toBeNull();
  });

  it('lets words be new', () => {
    expect(findWrongField('quota', { ...(BODIES.quota as object), status: 'frozen' })).toBeNull();
  });
});
