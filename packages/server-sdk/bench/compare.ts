import type { Project } from '../src/contract/common.js';
import { openDatabase } from '../src/db/database.js';
import { DEFAULT_CURRENCY } from '../src/db/own-calls.js';
import { toTotals } from '../src/aggregates/model/totals.js';
import { runInBackground } from '../src/runtime/request-signal.js';
import { getOverview } from '../src/queries/overview-service.js';
import { getProjectStats, listProjects } from '../src/queries/project-service.js';
import type { DescribedProvider } from '../src/queries/provider-info.js';
import { getTrends } from '../src/queries/trend-service.js';
import { readScopedFigures } from '../src/queries/scoped-figures.js';
import { withTotals } from '../src/queries/user-snapshot.js';
import { BENCH_END_MS, HEAVY_USER } from './dataset.js';
import { buildHubRows, dropHubRows, hubProjects } from './hub-rows.js';
import { printComparisons, type Comparison } from './measure.js';
import { NaiveQueries } from './naive.js';

/**
 * What the aggregates save: each query of the SDK compared with the same figures from calls, in one run on one database
 * that load.ts and rollup.ts filled. Medians, warm cache, a call written before each; only the ratios travel from machine to
 * machine. What is asked for holds at ten million calls.
 *
 * `compare.ts URL`
 */
const [url = 'sqlite:bench.db'] = process.argv.slice(2);
const isSqlite = url.startsWith('sqlite:');
const DAY_MS = 86_400_000;
const nowMs = BENCH_END_MS;
const database = openDatabase(url);
const naive = new NaiveQueries(database.reader);
const lastDays = (days: number): { fromMs: number; toMs: number; timeZone: string } => ({
  fromMs: nowMs - days * DAY_MS,
  toMs: nowMs,
  timeZone: 'UTC',
});
const month = lastDays(30);
const scope = { userDid: HEAVY_USER, ...month };
const noProviders = (): Promise<Map<string, DescribedProvider>> =>
  Promise.resolve(new Map<string, DescribedProvider>());
const noNames = (): Promise<Map<string, Project>> => Promise.resolve(new Map<string, Project>());
const trendDependencies = { database, describe: noNames, describeProviders: noProviders };
const list = (
  sortBy: 'calls' | 'p95Duration',
  range = month,
  sparkline: 'calls' | null = null,
): ReturnType<typeof listProjects> =>
  listProjects({ database, describe: noNames }, HEAVY_USER, {
    range,
    projects: null,
    search: null,
    sortBy,
    sortOrder: 'desc',
    page: 1,
    pageSize: 100,
    sparkline,
    nowMs,
  });
const projects = (await list('calls')).items;
const [busiest] = projects;
if (!busiest) throw new Error('The database has no calls; run load.ts and rollup.ts first');
const project: Project = { appDid: busiest.appDid, name: null, logoUrl: null, url: null };
const projectTotals = async (days: number): Promise<unknown> => {
  const query = { projects: [project.appDid], ranges: withTotals([lastDays(days)]), nowMs };
  return (await readScopedFigures(database, HEAVY_USER, query)).figures.map(({ total }) =>
    toTotals(total, DEFAULT_CURRENCY),
  );
};
let recorded = 0;
/** A call comes between any two answers, so that none can be given again: of one project after the other. */
const recordOne = (): Promise<unknown> =>
  database.writer('model_calls').insert({
    user_did: HEAVY_USER,
    id: `bench-${Date.now()}-${(recorded += 1)}`,
    app_did: projects[recorded % projects.length]?.appDid,
    model: 'model-0',
    status: 'success',
    started_at_ms: nowMs - 1 - recorded,
    duration_us: 1_000_000 + recorded,
    input_tokens: 100,
    output_tokens: 10,
    total_tokens: 110,
    credits_e8: 1000,
  });

/** At ten million calls; half of it on a server. */
const asked = (ratio: number): number => (isSqlite ? ratio : ratio / 2);

const comparisons: Comparison[] = [
  {
    name: 'overview with P95, the period before and parts by type, 30 days',
    bar: asked(150),
    ours: () => getOverview(database, HEAVY_USER, { range: month, projects: null, nowMs }),
    other: () => naive.overview(scope),
  },
  {
    name: 'trend by day with P95 of each, 30 days',
    bar: asked(150),
    ours: () =>
      getTrends(trendDependencies, HEAVY_USER, {
        range: month,
        granularity: 'day',
        group: null,
        hasPrevious: false,
        projects: null,
        nowMs,
      }),
    other: () => naive.grouped(database.dialect.divide('started_at_ms', DAY_MS), scope),
  },
  {
    name: 'models with P95 of each, 30 days',
    bar: asked(100),
    ours: async () => {
      const ranges = [{ ...month, parts: { models: true } }];
      const query = { projects: null, ranges, nowMs };
      const { figures } = await readScopedFigures(database, HEAVY_USER, query);
      return [...(figures[0]?.models.values() ?? [])].map((of) => toTotals(of, DEFAULT_CURRENCY));
    },
    other: () => naive.grouped('model', scope),
  },
  {
    name: `${(await list('calls')).total.toLocaleString('en')} projects with P95 of each, 30 days`,
    bar: asked(20),
    ours: () => list('p95Duration'),
    other: () => naive.grouped('app_did', scope),
  },
  {
    name: 'one project with P95 and the period before, 30 days',
    bar: asked(300),
    ours: () => getProjectStats(database, HEAVY_USER, { project, range: month, nowMs }),
    other: () => naive.totals({ ...scope, appDid: project.appDid }),
  },
  {
    name: 'one project with P95: 30 days, against its 365 days',
    bar: null,
    against: '365 days (at most 1.5)',
    ours: () => projectTotals(30),
    other: () => projectTotals(365),
  },
];
if (isSqlite) {
  await runInBackground(() => buildHubRows(database.writer));
  comparisons.push({
    name: 'the same list',
    bar: 30,
    against: 'hourly JSON rows, sums only',
    ours: () => list('p95Duration'),
    other: () => hubProjects(database.reader, month.fromMs, month.toMs),
  });
}
await printComparisons(comparisons, recordOne);
if (isSqlite) await dropHubRows(database.writer);
await database.close();
