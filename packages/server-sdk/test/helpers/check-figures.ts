import { expect } from 'vitest';
import { PROJECT_TREND_GROUPINGS, TREND_GROUPINGS } from '../../src/contract/trends.js';
import type {
  Activity,
  ModelItem,
  Models,
  Overview,
  ProjectCalls,
  ProjectFailures,
  ProjectLatency,
  ProjectModels,
  ProjectStats,
  Projects,
  Trends,
} from '../../src/index.js';
import type { TestServer } from './create-test-usage.js';
import { checkActivity, checkFailures, checkLatency } from './check-glance.js';
import { checkTrend, type Select } from './check-trend.js';
import { checkCallCounts } from './check-call-counts.js';
import { checkSparklines, pickSparkline } from './check-sparklines.js';
import { requireSum } from './require-sum.js';
import { USERS, type RangeCheck } from './random-histories.js';
import {
  referenceTotals,
  requireEqualTotals,
  type ReferenceCall,
  type ReferenceModel,
} from './reference-model.js';

type Get = <T>(path: string) => Promise<T>;

/**
 * Asks every endpoint for every user's figures of a range and compares them with the plain account.
 *
 * @param archivedBeforeMs of calls before it there are figures, but no list; the range is on quarters of an hour there
 */
export async function checkFigures(
  server: TestServer,
  reference: ReferenceModel,
  { fromMs, lengthMs, zone, granularity }: RangeCheck,
  archivedBeforeMs: (user: string) => number = () => Number.NEGATIVE_INFINITY,
): Promise<void> {
  const toMs = fromMs + lengthMs;
  const range = `from=${fromMs}&to=${toMs}&timeZone=${zone}`;
  for (const user of USERS) {
    const get: Get = async <T>(path: string): Promise<T> => {
      const answer = await server.get<T>(path, { user });
      if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`);
      return answer.body;
    };
    const all = reference.select(user, fromMs, toMs);
    const whole = referenceTotals(all);

    const overview = await get<Overview>(`/overview?${range}`);
    requireEqualTotals(overview.totals, whole, 'overview');
    // The previous totals distinguish no calls from no range.
    if (reference.select(user, 0, fromMs).length === 0) expect(overview.previous).toBeNull();
    else {
      const before = referenceTotals(reference.select(user, fromMs - lengthMs, fromMs));
      requireEqualTotals(overview.previous ?? referenceTotals([]), before, 'previous');
      expect(overview.previous).not.toBeNull();
    }
    expect(overview.activeProjects).toBe(new Set(all.map(({ appDid }) => appDid)).size);
    requireSum(overview.byType, whole, 'types');

    const by = pickGrouping(TREND_GROUPINGS, fromMs + lengthMs);
    const more = `granularity=${granularity}&groupBy=${by}&top=2&compare=previous`;
    const trends = await get<Trends>(`/trends?${range}&${more}`);
    checkTrend(trends, (from, to) => reference.select(user, from, to), by);

    const models = await get<Models>(`/models?${range}`);
    checkModels(models.items, all);

    checkActivity(await get<Activity>(`/activity?${range}`), all);

    const sparkline = pickSparkline(fromMs + lengthMs);
    const projects = await get<Projects>(`/projects?${range}&sparkline=${sparkline}`);
    requireEqualTotals(projects.totals, whole, 'all projects');
    checkSparklines(projects, all);
    requireSum(
      projects.items.map(({ totals }) => totals),
      whole,
      'projects',
    );
    for (const project of projects.items) {
      const ofProject = all.filter(({ appDid }) => appDid === project.appDid);
      requireEqualTotals(project.totals, referenceTotals(ofProject), 'project');
      const last = Math.max(...ofProject.map(({ startedAt }) => startedAt));
      expect(Date.parse(project.lastCallAt)).toBe(last);
      const select: Select = (from, to) => reference.select(user, from, to, project.appDid);
      await checkProject(get, { appDid: project.appDid, range, granularity }, ofProject, select);
      const listed = ofProject.filter(({ startedAt }) => startedAt >= archivedBeforeMs(user));
      await checkLists(get, project.appDid, range, listed);
      await checkFailed(get, project.appDid, range, listed);
    }
  }
}

async function checkProject(
  get: Get,
  { appDid, range, granularity }: { appDid: string; range: string; granularity: string },
  calls: ReferenceCall[],
  select: Select,
): Promise<void> {
  const base = `/projects/${encodeURIComponent(appDid)}`;
  const whole = referenceTotals(calls);
  const stats = await get<ProjectStats>(`${base}/stats?${range}`);
  requireEqualTotals(stats.totals, whole, 'stats');
  checkLatency(await get<ProjectLatency>(`${base}/latency?${range}`), stats, calls);

  const by = pickGrouping(PROJECT_TREND_GROUPINGS, calls.length);
  const more = `${range}&granularity=${granularity}&groupBy=${by}&top=1&topBy=tokens&compare=previous`;
  const trends = await get<Trends>(`${base}/trends?${more}`);
  checkTrend(trends, select, by);

  const models = await get<ProjectModels>(`${base}/models?${range}`);
  checkModels(models.items, calls);
}

/** @param listed calls that are not archived */
async function checkFailed(
  get: Get,
  appDid: string,
  range: string,
  listed: readonly ReferenceCall[],
): Promise<void> {
  const base = `/projects/${encodeURIComponent(appDid)}`;
  const stats = await get<ProjectStats>(`${base}/stats?${range}`);
  checkFailures(await get<ProjectFailures>(`${base}/failures?${range}`), stats, listed);
}

/** Each model is one item with its providers, and items sum to all calls. */
function checkModels(items: readonly ModelItem[], calls: readonly ReferenceCall[]): void {
  requireSum(
    items.map(({ totals }) => totals),
    referenceTotals(calls),
    'models',
  );
  expect(new Set(items.map(({ model }) => model)).size).toBe(items.length);
  for (const { model, provider, providers, totals } of items) {
    const ofModel = calls.filter((item) => item.model === model);
    const known = new Set(ofModel.flatMap((item) => item.provider || []));
    expect(providers).toEqual([...known].sort());
    expect(provider).toBe(known.size === 1 ? providers[0] : null);
    requireEqualTotals(totals, referenceTotals(ofModel), 'model');
  }
}

/** Each in turn, so that a history asks for all of them. */
function pickGrouping<Grouping>(
  groupings: readonly [Grouping, ...Grouping[]],
  turn: number,
): Grouping {
  return groupings[turn % groupings.length] ?? groupings[0];
}

async function checkLists(
  get: Get,
  appDid: string,
  range: string,
  calls: ReferenceCall[],
): Promise<void> {
  const base = `/projects/${encodeURIComponent(appDid)}`;
  const listed = await readAllPages(get, `${base}/calls?${range}&limit=7`);
  expect(listed.ids).toEqual(
    [...calls]
      .sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1))
      .map(({ id }) => id),
  );
  expect(listed.total).toBe(calls.length);
  await checkCallCounts(get, `${base}/calls?${range}`, calls, calls.length + appDid.length);
  const failed = calls.filter(({ status, model }) => status === 'failed' && model === 'm1');
  const filtered = await readAllPages(
    get,
    `${base}/calls?${range}&limit=3&status=failed&model=m1&sortBy=duration`,
  );
  expect([...filtered.ids].sort()).toEqual(failed.map(({ id }) => id).sort());
  expect(filtered.total).toBe(failed.length);
}

async function readAllPages(
  get: Get,
  path: string,
): Promise<{ ids: string[]; total: number | null }> {
  const ids: string[] = [];
  let cursor: string | null = null;
  let total: number | null;
  do {
    const page: ProjectCalls = await get(cursor === null ? path : `${path}&cursor=${cursor}`);
    ids.push(...page.items.map(({ id }) => id));
    ({ nextCursor: cursor, total } = page);
  } while (cursor !== null);
  return { ids, total };
}
