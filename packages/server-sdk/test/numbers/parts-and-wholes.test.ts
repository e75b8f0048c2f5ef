import fc from 'fast-check';
import { expect, test } from 'vitest';
import type {
  Overview,
  ProjectCalls,
  ProjectModels,
  ProjectStats,
  Projects,
  Totals,
  Trends,
} from '../../src/index.js';
import { createTestUsageOn, serveInKoa, type TestServer } from '../helpers/create-test-usage.js';
import { availableServers, type DatabaseServer } from '../helpers/test-databases.js';
import {
  ReferenceModel,
  referenceTotals,
  requireEqualTotals,
  type ReferenceCall,
} from '../helpers/reference-model.js';

/** Days on which clocks change in several of the zones. */
const STARTS = ['2026-03-07', '2026-03-28', '2026-04-04', '2026-10-03', '2026-10-24', '2026-02-27'];
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Shanghai',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
];
const HOUR_MS = 3_600_000;
const SPAN_MS = 75 * HOUR_MS;
const USERS = ['alice', 'bob'] as const;
const PROJECTS = ['app', '项目/甲', 'unassigned'] as const;

type Step =
  | { kind: 'record'; calls: Omit<ReferenceCall, 'startedAt'>[]; offsetsMs: number[] }
  | { kind: 'rollup'; atMs: number }
  | { kind: 'check'; fromMs: number; lengthMs: number; zone: string; daily: boolean };

const call = fc.record({
  id: fc.integer({ min: 0, max: 40 }).map((number) => `call-${number}`),
  userDid: fc.constantFrom(...USERS),
  appDid: fc.constantFrom(...PROJECTS),
  model: fc.constantFrom('m1', 'm2'),
  provider: fc.constantFrom('p', undefined),
  type: fc.constantFrom('chatCompletion' as const, 'imageGeneration' as const),
  status: fc.constantFrom<ReferenceCall['status'][]>(
    'success',
    'success',
    'success',
    'failed',
    'processing',
  ),
  durationMs: fc.option(
    fc.integer({ min: 0, max: 60_000_000 }).map((us) => us / 1000),
    { nil: undefined, freq: 8 },
  ),
  usage: fc.record({ inputTokens: fc.nat(5000), outputTokens: fc.nat(900) }),
  credits: fc.option(
    fc
      .bigInt({ min: 0n, max: 900_000_000_000_000n })
      .map((e8) => `${e8 / 100_000_000n}.${(e8 % 100_000_000n).toString().padStart(8, '0')}`),
    { nil: undefined, freq: 6 },
  ),
});
/** Mostly anywhere, often on the very edge of an hour. */
const offset = fc.oneof(
  fc.nat(SPAN_MS - 1),
  fc.tuple(fc.nat(74), fc.constantFrom(0, 1, HOUR_MS - 1)).map(([hour, ms]) => hour * HOUR_MS + ms),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.array(fc.tuple(call, offset), { minLength: 1, maxLength: 25 }).map((items): Step => ({
    kind: 'record',
    calls: items.map(([item]) => item),
    offsetsMs: items.map(([, ms]) => ms),
  })),
  offset.map((atMs): Step => ({ kind: 'rollup', atMs: atMs + HOUR_MS })),
  fc
    .record({
      fromMs: offset,
      lengthMs: fc.integer({ min: 1, max: SPAN_MS }),
      zone: fc.constantFrom(...ZONES),
      daily: fc.boolean(),
    })
    .map((fields): Step => ({ kind: 'check', ...fields })),
);

const servers = await availableServers();

test.each(servers)(
  'every figure equals the plain account, and parts add up to wholes, through any history on $name',
  async (server) => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...STARTS),
        fc.array(step, { minLength: 8, maxLength: 18 }),
        (start, steps) => playHistory(server, start, steps),
      ),
      {
        numRuns: Number(process.env['PROPERTY_RUNS'] ?? (server.name === 'SQLite' ? 40 : 15)),
        endOnFailure: true,
      },
    );
  },
);

async function playHistory(database: DatabaseServer, start: string, steps: Step[]): Promise<void> {
  const startMs = Date.parse(`${start}T00:00:00Z`);
  const host = await createTestUsageOn(database);
  const server = await serveInKoa(host.usage);
  const reference = new ReferenceModel();
  host.clock.nowMs = startMs;
  try {
    for (const action of steps) {
      if (action.kind === 'record') {
        const calls = action.calls.map((item, index) => ({
          ...item,
          startedAt: startMs + (action.offsetsMs[index] ?? 0),
        }));
        await host.usage.calls.record(calls);
        for (const item of calls) reference.record(item);
      } else if (action.kind === 'rollup') {
        host.clock.nowMs = Math.max(host.clock.nowMs, startMs + action.atMs);
        await host.usage.rollup.run();
      } else {
        await check(server, reference, startMs + action.fromMs, action, host.clock);
      }
    }
    const range = { from: startMs, to: startMs + 2 * SPAN_MS };
    expect((await host.usage.rollup.verify(range)).differences).toEqual([]);
  } finally {
    await server.close();
    await host.close();
  }
}

async function check(
  server: TestServer,
  reference: ReferenceModel,
  fromMs: number,
  { lengthMs, zone, daily }: Extract<Step, { kind: 'check' }>,
  clock: { nowMs: number },
): Promise<void> {
  // A range may not begin in the future.
  clock.nowMs = Math.max(clock.nowMs, fromMs);
  const toMs = fromMs + lengthMs;
  const range = `from=${fromMs}&to=${toMs}&timeZone=${zone}`;
  const granularity = daily ? 'day' : 'hour';
  for (const user of USERS) {
    const get = async <T>(path: string): Promise<T> => {
      const answer = await server.get<T>(path, { user });
      if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`);
      return answer.body;
    };
    const all = reference.select(user, fromMs, toMs);
    const whole = referenceTotals(all);

    const overview = await get<Overview>(`/overview?${range}`);
    requireEqualTotals(overview.totals, whole, 'overview');
    expect(overview.activeProjects).toBe(new Set(all.map(({ appDid }) => appDid)).size);
    requireSum(overview.byType, whole, 'types');

    const trends = await get<Trends>(`/trends?${range}&granularity=${granularity}`);
    checkPoints(trends, (from, to) => reference.select(user, from, to), whole);

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
      await checkProject(get, reference, user, project.appDid, range, granularity, ofProject);
    }
  }
}

async function checkProject(
  get: <T>(path: string) => Promise<T>,
  reference: ReferenceModel,
  user: string,
  appDid: string,
  range: string,
  granularity: string,
  calls: ReferenceCall[],
): Promise<void> {
  const base = `/projects/${encodeURIComponent(appDid)}`;
  const whole = referenceTotals(calls);
  requireEqualTotals((await get<ProjectStats>(`${base}/stats?${range}`)).totals, whole, 'stats');

  const trends = await get<Trends>(`${base}/trends?${range}&granularity=${granularity}`);
  checkPoints(trends, (from, to) => reference.select(user, from, to, appDid), whole);

  const models = await get<ProjectModels>(`${base}/models?${range}`);
  requireSum(
    models.items.map(({ totals }) => totals),
    whole,
    'models',
  );
  for (const { model, provider, totals } of models.items) {
    const ofModel = calls.filter(
      (item) => item.model === model && (item.provider ?? null) === provider,
    );
    requireEqualTotals(totals, referenceTotals(ofModel), 'model');
  }

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
  get: <T>(path: string) => Promise<T>,
  path: string,
): Promise<{ ids: string[]; total: number }> {
  const ids: string[] = [];
  let cursor: string | null = null;
  let total: number;
  do {
    const page: ProjectCalls = await get(cursor === null ? path : `${path}&cursor=${cursor}`);
    ids.push(...page.items.map(({ id }) => id));
    ({ nextCursor: cursor, total } = page);
  } while (cursor !== null);
  return { ids, total };
}

function checkPoints(
  trends: Trends,
  select: (fromMs: number, toMs: number) => ReferenceCall[],
  whole: Totals,
): void {
  for (const { start, end, totals } of trends.points) {
    const calls = select(Date.parse(start), Date.parse(end));
    requireEqualTotals(totals, referenceTotals(calls), `point ${start}`);
  }
  requireSum(
    trends.points.map(({ totals }) => totals),
    whole,
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
    'totalTokens',
    'durationSamples',
  ] as const;
  for (const field of counts) {
    const sum = parts.reduce((total, part) => total + part[field], 0);
    expect([what, field, sum]).toEqual([what, field, whole[field]]);
  }
  const toE8 = (credits: string): bigint => {
    const [units = '0', fraction = ''] = credits.split('.');
    return BigInt(units + fraction.padEnd(8, '0'));
  };
  const credits = parts.reduce((total, part) => total + toE8(part.credits), 0n);
  expect([what, credits]).toEqual([what, toE8(whole.credits)]);
}
