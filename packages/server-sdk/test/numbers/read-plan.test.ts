import fc from 'fast-check';
import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Granularity, type Overview, type Quota, staticQuota } from '../../src/index.js';
import { formatE10, parseCredits } from '../../src/values/amounts.js';
import {
  HOUR_MS,
  QUARTER_HOUR_MS,
  UTC_DAY_MS,
  floorTo,
  floorToUtcMonth,
} from '../../src/values/time.js';
import { checkFigures } from '../helpers/check-figures.js';
import {
  createTestUsageOn,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { fillRows, writeProgress, type FilledProgress } from '../helpers/fill-rows.js';
import { insertCalls } from '../helpers/insert-calls.js';
import { USERS } from '../helpers/random-histories.js';
import { ReferenceModel, type ReferenceCall } from '../helpers/reference-model.js';
import { takeServers } from '../helpers/take-servers.js';
import { readCount } from '../helpers/test-size.js';

const servers = await takeServers();
const RUNS = readCount('PROPERTY_RUNS', { few: 2, more: 5 });
/** Two months lie fully within. */
const START_MS = Date.UTC(2026, 1, 24);
const SPAN_HOURS = 75 * 24;
const NOW_MS = START_MS + SPAN_HOURS * HOUR_MS + 1_234_567;

/** A call, and whether rows were built before it came, or it was deleted after. */
interface PlannedCall {
  call: Omit<ReferenceCall, 'id' | 'userDid' | 'startedAt'>;
  offsetMs: number;
  how: 'early' | 'late' | 'gone';
}

/** Days and months are built so many behind the hours. */
interface Plan {
  calls: PlannedCall[];
  isWritten: boolean;
  builtHours: number | null;
  daysBehind: number;
  monthsBehind: number;
  archivedHours: number | null;
  dirtyHours: number[];
  isDue: boolean;
}

const credits = fc
  .bigInt({ min: 0n, max: 900_000_000_000_000n })
  .map((e8) => `${e8 / 100_000_000n}.${(e8 % 100_000_000n).toString().padStart(8, '0')}`);
const sometimes = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 6 });

/** Few hours have many calls, so that edges, dirty hours and calls meet. */
const offsetMs = fc
  .tuple(
    fc.oneof(fc.nat(SPAN_HOURS - 1), fc.constantFrom(0, 95, 96, 119, 120, 121, 900, 1500, 1790)),
    fc.oneof(fc.nat(HOUR_MS - 1), fc.constantFrom(0, HOUR_MS - 1)),
  )
  .map(([hour, ms]) => hour * HOUR_MS + ms);

const plannedCall: fc.Arbitrary<PlannedCall> = fc.record({
  call: fc.record({
    appDid: fc.constantFrom('app', '项目/甲', 'unassigned'),
    model: fc.constantFrom('m1', 'm2'),
    provider: fc.constantFrom('p', undefined),
    type: fc.constantFrom('chatCompletion' as const, 'imageGeneration' as const),
    status: fc.constantFrom('success' as const, 'success' as const, 'failed' as const),
    durationMs: sometimes(fc.integer({ min: 0, max: 60_000_000 }).map((us) => us / 1000)),
    usage: sometimes(
      fc.record({
        inputTokens: sometimes(fc.nat(5000)),
        outputTokens: sometimes(fc.nat(900)),
      }),
    ),
    credits: sometimes(credits),
  }),
  offsetMs,
  how: fc.constantFrom('early' as const, 'early' as const, 'late' as const, 'gone' as const),
});

const planOf: fc.Arbitrary<Plan> = fc.record({
  calls: fc.array(plannedCall, { maxLength: 60, size: 'max' }),
  isWritten: fc.constantFrom(true, true, true, true, false),
  builtHours: fc.option(fc.oneof(fc.nat(SPAN_HOURS), fc.constantFrom(96, 120, 1500, SPAN_HOURS)), {
    freq: 6,
  }),
  daysBehind: fc.constantFrom(0, 0, 1, 3, 100),
  monthsBehind: fc.constantFrom(0, 0, 1, 5),
  archivedHours: fc.option(fc.nat(SPAN_HOURS), { freq: 1 }),
  dirtyHours: fc.uniqueArray(fc.nat(SPAN_HOURS), { maxLength: 3 }),
  isDue: fc.boolean(),
});

const rangeCheck = fc
  .record({
    fromMs: offsetMs,
    lengthMs: fc.oneof(
      fc.integer({ min: 1, max: 75 * HOUR_MS }),
      fc.integer({ min: 1, max: SPAN_HOURS * HOUR_MS }),
    ),
    zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu'),
    granularity: fc.constantFrom<Granularity[]>('hour', 'day', 'month'),
  })
  .map(({ fromMs, granularity, ...range }) => ({
    ...range,
    fromMs: START_MS + fromMs,
    granularity: granularity === 'hour' && range.lengthMs > 75 * HOUR_MS ? 'day' : granularity,
  }));

function progressOf({ builtHours, archivedHours, ...plan }: Plan): FilledProgress {
  if (builtHours === null) {
    const none = { daysThroughMs: null, monthsThroughMs: null, archivedBeforeMs: null };
    return { ...none, builtThroughMs: null, dueAtMs: NOW_MS };
  }
  const builtThroughMs = START_MS + builtHours * HOUR_MS;
  const daysThroughMs = floorTo(UTC_DAY_MS, builtThroughMs) - plan.daysBehind * UTC_DAY_MS;
  let monthsThroughMs = floorToUtcMonth(daysThroughMs);
  for (let behind = 0; behind < plan.monthsBehind; behind += 1) {
    monthsThroughMs = floorToUtcMonth(monthsThroughMs - 1);
  }
  return {
    builtThroughMs,
    daysThroughMs,
    monthsThroughMs,
    archivedBeforeMs:
      archivedHours === null ? null : START_MS + Math.min(archivedHours, builtHours) * HOUR_MS,
    dueAtMs: plan.isDue ? builtThroughMs + HOUR_MS : null,
  };
}

describe.each(servers)('figures of plain rows, on $name', (server) => {
  let host: TestUsage;
  let http: TestServer;
  let other: Knex;
  beforeAll(async () => {
    const quota = staticQuota({
      entries: [{ id: 'g', kind: 'grant', amount: '5', occurredAt: 0 }],
    });
    host = await createTestUsageOn(server, { quota, limits: { requestsPerMinute: false } });
    host.clock.nowMs = NOW_MS;
    http = await serveInKoa(host.usage);
    other = knex({ ...host.config, useNullAsDefault: true, pool: { min: 0, max: 1 } });
  });
  afterAll(async () => {
    await http.close();
    await other.destroy();
    await host.close();
  });

  async function empty(): Promise<void> {
    const tables = ['calls', 'call_stats', 'call_projects', 'call_models', 'call_dirty_hours'];
    for (const table of [...tables, 'call_users']) await other(`model_${table}`).delete();
  }

  /** Brings about what the plan says of a user. */
  async function carryOut(
    userDid: string,
    plan: Plan,
    progress: FilledProgress,
    reference: ReferenceModel,
  ): Promise<void> {
    const builtMs = progress.builtThroughMs ?? Number.NEGATIVE_INFINITY;
    const archivedMs = progress.archivedBeforeMs ?? Number.NEGATIVE_INFINITY;
    const dirty = new Set(plan.dirtyHours.map((hour) => START_MS + hour * HOUR_MS));
    const calls = plan.calls.map(({ call, offsetMs: ms, how }, index) => {
      const startedAt = START_MS + ms;
      // Nothing of an archived hour can be deleted.
      const isGone = how === 'gone' && startedAt >= archivedMs;
      if (isGone || how === 'late') dirty.add(floorTo(HOUR_MS, startedAt));
      return { call: { ...call, userDid, id: `call-${index}`, startedAt }, how, isGone };
    });
    const insert = async (all: typeof calls): Promise<void> => {
      await insertCalls(
        other,
        all.map(({ call }) => call),
      );
    };
    for (const { call, isGone } of calls) if (!isGone) reference.put(call);
    await insert(calls.filter(({ how }) => how !== 'late'));
    const dirtyHours = [...dirty].filter((hourMs) => hourMs < builtMs);
    if (plan.isWritten) await fillRows(other, userDid, progress);
    const gone = calls.filter(({ isGone }) => isGone).map(({ call }) => call.id);
    await other('model_calls').where('user_did', userDid).whereIn('id', gone).delete();
    const archived = { user_did: userDid };
    if (plan.isWritten && progress.archivedBeforeMs !== null) {
      await other('model_calls').where(archived).where('started_at_ms', '<', archivedMs).delete();
    }
    await insert(calls.filter(({ how }) => how === 'late'));
    const users = other('model_call_users').where('user_did', userDid);
    if (plan.isWritten) await writeProgress(other, userDid, progress, dirtyHours);
    else await users.delete();
  }

  test(
    'equal the plain account, whatever is built, dirty or archived',
    { timeout: 120_000 + RUNS * 10_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.tuple(planOf, planOf),
          fc.array(rangeCheck, { minLength: 1, maxLength: 3 }),
          async (plans, checks) => {
            await empty();
            const reference = new ReferenceModel();
            const archived = new Map<string, number>();
            for (const [index, userDid] of USERS.entries()) {
              const plan = plans[index];
              if (!plan) continue;
              const progress = progressOf(plan);
              await carryOut(userDid, plan, progress, reference);
              const { archivedBeforeMs } = progress;
              if (plan.isWritten && archivedBeforeMs !== null) {
                archived.set(userDid, archivedBeforeMs);
              }
            }
            const beforeMs = (user: string): number => archived.get(user) ?? -Infinity;
            for (const check of checks) {
              const range = archived.size > 0 ? onQuarters(check) : check;
              await checkFigures(http, reference, range, beforeMs);
              await checkFreshness(plans);
            }
            await checkQuota(reference);
          },
        ),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
  );

  /** As far as the slot was swept, unless a call is due. The user of the last plan was filled last. */
  async function checkFreshness(plans: readonly Plan[]): Promise<void> {
    const sweptMs = plans
      .filter(({ isWritten }) => isWritten)
      .map((plan) => progressOf(plan).builtThroughMs)
      .at(-1);
    for (const [index, user] of USERS.entries()) {
      const plan = plans[index];
      if (!plan) continue;
      const { builtThroughMs, dueAtMs } = progressOf(plan);
      const isDue = dueAtMs !== null && dueAtMs <= (sweptMs ?? Infinity);
      const through = isDue ? builtThroughMs : newest(builtThroughMs, sweptMs ?? null);
      const { body } = await http.get<Overview>('/overview', { user });
      const { rolledUpThrough } = body.freshness;
      const shown = rolledUpThrough === null ? null : Date.parse(rolledUpThrough);
      expect(shown).toBe(plan.isWritten ? through : null);
    }
  }

  async function checkQuota(reference: ReferenceModel): Promise<void> {
    for (const user of USERS) {
      const { body } = await http.get<Quota>('/quota', { user });
      expect(body.recentDays).toHaveLength(7);
      for (const { start, credits: shown } of body.recentDays) {
        const fromMs = Date.parse(start);
        const sum = reference
          .select(user, fromMs, fromMs + UTC_DAY_MS)
          .reduce((e8, call) => e8 + (parseCredits(String(call.credits ?? '0')) ?? 0n), 0n);
        expect(shown).toBe(formatE10(sum));
      }
    }
  }
});

function newest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

/** As ranges are answered where calls are archived. */
function onQuarters<Range extends { fromMs: number; lengthMs: number }>(range: Range): Range {
  return {
    ...range,
    fromMs: floorTo(QUARTER_HOUR_MS, range.fromMs),
    lengthMs: floorTo(QUARTER_HOUR_MS, range.lengthMs) + QUARTER_HOUR_MS,
  };
}
