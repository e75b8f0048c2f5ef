import type { Project } from '../src/contract/common.js';
import { openDatabase } from '../src/db/database.js';
import { timeBuckets } from '../src/domain/time-buckets.js';
import { getOverview } from '../src/services/overview-service.js';
import {
  getProjectModels,
  getProjectStats,
  listProjects,
} from '../src/services/project-service.js';
import { getTrends } from '../src/services/trend-service.js';
import { HEAVY_USER } from './dataset.js';

/**
 * What the pre-aggregates save: each answer of the SDK beside the same figures from the calls, in one run on one
 * database that `load.ts` filled. Medians, warm cache; only the ratios travel from machine to machine.
 *
 * `compare.ts FILE`
 */
const [file = 'bench.db'] = process.argv.slice(2);
const RUNS = 9;
const nowMs = Date.UTC(2026, 10, 22, 10, 20);
const DAY_MS = 86_400_000;
const database = openDatabase(`sqlite:${file}`);
const month = { fromMs: nowMs - 30 * DAY_MS, toMs: nowMs, timeZone: 'UTC' };
const quarter = { ...month, fromMs: nowMs - 90 * DAY_MS };

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const startedMs = performance.now();
    await work();
    times.push(performance.now() - startedMs);
  }
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
}

const inRange = 'user_did = ? and started_at_ms >= ? and started_at_ms < ?';
const bindings = [HEAVY_USER, month.fromMs, month.toMs];
const sums = `count(*), sum(status = 'success'), sum(status = 'failed'), sum(total_tokens), sum(credits_e8),
  avg(case when status = 'success' then duration_us end)`;
const p95 = async (where: string, values: (string | number)[]): Promise<void> => {
  const of = `from model_calls where ${where} and status = 'success' and duration_us is not null`;
  const [row] = await database.reader.raw<{ n: number }[]>(`select count(*) as n ${of}`, values);
  const rank = Math.max(0, Math.ceil(0.95 * (row?.n ?? 0)) - 1);
  await database.reader.raw(
    `select duration_us ${of} order by duration_us limit 1 offset ${rank}`,
    values,
  );
};
const raw = (sql: string): Promise<unknown> => database.reader.raw(sql, bindings);

const { items } = await listProjects(
  database,
  HEAVY_USER,
  { range: month, search: null, sortBy: 'calls', sortOrder: 'desc', page: 1, pageSize: 1 },
  nowMs,
  () => Promise.resolve(new Map<string, Project>()),
);
const appDid = items[0]?.appDid ?? '';
const project = { appDid, name: null, logoUrl: null, url: null };
const ofProject = [HEAVY_USER, appDid, month.fromMs, month.toMs];
const inProject = 'user_did = ? and app_did = ? and started_at_ms >= ? and started_at_ms < ?';

const COMPARISONS: [string, () => Promise<unknown>, () => Promise<unknown>][] = [
  [
    'overview, 30 days, with P95 and the period before',
    () => getOverview(database, HEAVY_USER, month, nowMs),
    async () => {
      await raw(`select ${sums} from model_calls where ${inRange}`);
      await p95(inRange, bindings);
    },
  ],
  [
    'trend by day, 30 days (calls: without P95)',
    () => getTrends(database, HEAVY_USER, month, 'day', nowMs),
    () =>
      raw(`select started_at_ms / ${DAY_MS}, ${sums} from model_calls where ${inRange} group by 1`),
  ],
  [
    'projects, 30 days, P95 of each (calls: without P95)',
    () =>
      listProjects(
        database,
        HEAVY_USER,
        {
          range: month,
          search: null,
          sortBy: 'p95Duration',
          sortOrder: 'desc',
          page: 1,
          pageSize: 20,
        },
        nowMs,
        () => Promise.resolve(new Map<string, Project>()),
      ),
    () => raw(`select app_did, ${sums} from model_calls where ${inRange} group by 1`),
  ],
  [
    'one project, 30 days, with P95 and the period before',
    () => getProjectStats(database, HEAVY_USER, project, month, nowMs),
    async () => {
      await database.reader.raw(`select ${sums} from model_calls where ${inProject}`, ofProject);
      await p95(inProject, ofProject);
    },
  ],
  [
    'models of one project, 30 days (calls: without P95)',
    () => getProjectModels(database, HEAVY_USER, project, month, nowMs),
    () =>
      database.reader.raw(
        `select provider, model, ${sums} from model_calls where ${inProject} group by 1, 2`,
        ofProject,
      ),
  ],
];

const [calls] = await database.reader.raw<{ n: number }[]>('select count(*) as n from model_calls');
console.log(
  `${(calls?.n ?? 0).toLocaleString('en')} calls, ${timeBuckets(quarter, 'day', 'UTC').length - 1} days`,
);
console.log('| answer | SDK, ms | from the calls, ms | ratio |');
console.log('| --- | ---: | ---: | ---: |');
for (const [name, ours, naive] of COMPARISONS) {
  const [oursMs, naiveMs] = [await medianMs(ours), await medianMs(naive)];
  console.log(
    `| ${name} | ${oursMs.toFixed(1)} | ${naiveMs.toFixed(1)} | ${(naiveMs / oursMs).toFixed(1)} |`,
  );
}
await database.close();
