import { expect } from 'vitest';
import type {
  Overview,
  ProjectCalls,
  ProjectModels,
  ProjectStats,
  Projects,
  Totals,
  Trends,
} from '../../src/index.js';
import type { TestServer } from './create-test-usage.js';
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

    const trends = await get<Trends>(`/trends?${range}&granularity=${granularity}`);
    checkPoints(trends, (from, to) => reference.select(user, from, to), all);

    const projects = await get<Projects>(`/projects?${range}`);
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
      const query = `${range}&granularity=${granularity}`;
      await checkProject(get, reference, user, project.appDid, range, query, ofProject);
      const listed = ofProject.filter(({ startedAt }) => startedAt >= archivedBeforeMs(user));
      await checkLists(get, project.appDid, range, listed);
    }
  }
}

async function checkProject(
  get: Get,
  reference: ReferenceModel,
  user: string,
  appDid: string,
  range: string,
  trendQuery: string,
  calls: ReferenceCall[],
): Promise<void> {
  const base = `/projects/${encodeURIComponent(appDid)}`;
  const whole = referenceTotals(calls);
  requireEqualTotals((await get<ProjectStats>(`${base}/stats?${range}`)).totals, whole, 'stats');

  const trends = await get<Trends>(`${base}/trends?${trendQuery}`);
  checkPoints(trends, (from, to) => reference.select(user, from, to, appDid), calls);

  const models = await get<ProjectModels>(`${base}/models?${range}`);
  requireSum(
    models.items.map(({ totals }) => totals),
    whole,
    'models',
  );
  expect(new Set(models.items.map(({ model }) => model)).size).toBe(models.items.length);
  for (const { model, provider, providers, totals } of models.items) {
    const ofModel = calls.filter((item) => item.model === model);
    const known = new Set(ofModel.flatMap((item) => item.provider || []));
    expect(providers).toEqual([...known].sort());
    expect(provider).toBe(known.size === 1 ? providers[0] : null);
    requireEqualTotals(totals, referenceTotals(ofModel), 'model');
  }
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

/** Every point equals its calls, points follow one another, and no call is in none of them. */
function checkPoints(
  trends: Trends,
  select: (fromMs: number, toMs: number) => ReferenceCall[],
  all: readonly ReferenceCall[],
): void {
  for (const { start, end, totals } of trends.points) {
    const calls = select(Date.parse(start), Date.parse(end));
    requireEqualTotals(totals, referenceTotals(calls), `point ${start}`);
  }
  requireSum(
    trends.points.map(({ totals }) => totals),
    referenceTotals(all),
    'points',
  );
}

/** The parts' counts, tokens and credits sum to the whole's. */
function requireSum(parts: readonly Totals[], whole: Totals, what: string): void {
  const counts = [
    'calls',
    'successfulCalls',
    'failedCalls',
    'processingCalls',
    'inputTokens',
    'outputTokens',
    'totalTokens',
    'durationSamples',
    'unknownTokenCalls',
    'unknownCreditCalls',
  ] as const;
  for (const field of counts) {
    const sum = parts.reduce((total, part) => total + (part[field] ?? 0), 0);
    // A sum of nothing known is null, whatever it is the sum of.
    expect([what, field, sum]).toEqual([what, field, whole[field] ?? 0]);
  }
  const toE8 = (credits: string | null): bigint => {
    const [units = '0', fraction = ''] = (credits ?? '0').split('.');
    return BigInt(units + fraction.padEnd(8, '0'));
  };
  const credits = parts.reduce((total, part) => total + toE8(part.credits), 0n);
  expect([what, credits]).toEqual([what, toE8(whole.credits)]);
}
