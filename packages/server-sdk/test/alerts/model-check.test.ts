import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAlertEvaluator, type AlertEvaluator } from '../../src/alerts/alert-evaluator.js';
import type { HostRule } from '../../src/alerts/alert-options.js';
import { createHostRules } from '../../src/alerts/host-rules.js';
import { listEvents } from '../../src/alerts/outbox/event-store.js';
import type { ModelCallInput, Quota } from '../../src/index.js';
import { openDatabase, type Database } from '../../src/db/database.js';
import { withoutTransaction } from '../../src/db/transaction.js';
import { checkCalls, storeImportedCalls } from '../../src/recording/record-calls.js';
import { runRollup } from '../../src/rollup/run-rollup.js';
import { createRunOptions } from '../helpers/create-run-options.js';
import { createTestUsageOn, silentLogger, type TestUsage } from '../helpers/create-test-usage.js';
import { CHANNELS } from '../helpers/alert-outbox.js';
import { takeServers } from '../helpers/take-servers.js';
import { ReferenceAlerts, type ReferenceCall, type ReferenceRule } from './reference-alerts.js';
import { readCount } from '../helpers/test-size.js';

/*
 * Random sequences of calls, late, back-dated and imported calls, corrections, hours and period ends (the clocks of Berlin change
 * in them, those of Lord Howe by half an hour), top-ups and a provider that does not respond, rollups, archived hours and late
 * calls of them, new processes with new connections, and several concurrent evaluators, against rules that are computed from all
 * calls.
 */

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Two days before the clocks of Europe go back, and a week before a month ends there. */
const START_MS = Date.UTC(2026, 9, 23, 20, 50);

const calendar = (unit: 'day' | 'week' | 'month', timeZone: string) =>
  ({ kind: 'calendar', unit, timeZone }) as const;
const credits = { metric: 'credits' as const };
const remaining = { metric: 'remaining' as const, appDid: null };
const RULES: readonly ReferenceRule[] = [
  {
    id: 'host:a',
    ...credits,
    appDid: null,
    window: calendar('day', 'Europe/Berlin'),
    levels: [20, 60, 100],
  },
  {
    id: 'host:b',
    ...credits,
    appDid: null,
    window: calendar('week', 'Asia/Kathmandu'),
    levels: [50, 200],
  },
  {
    id: 'host:c',
    ...credits,
    appDid: 'p1',
    window: calendar('month', 'Australia/Lord_Howe'),
    levels: [90],
  },
  { id: 'host:d', ...credits, appDid: null, window: { kind: 'rolling', hours: 1 }, levels: [20] },
  {
    id: 'host:e',
    ...credits,
    appDid: 'p0',
    window: { kind: 'rolling', hours: 30 },
    levels: [30, 70],
  },
  { id: 'host:h', ...credits, appDid: null, window: { kind: 'rolling', hours: 49 }, levels: [40] },
  { id: 'host:f', ...remaining, window: calendar('day', 'Europe/Berlin'), levels: [0, 50] },
  { id: 'host:g', ...remaining, window: { kind: 'rolling', hours: 2 }, levels: [30] },
];
const HOST_RULES: HostRule[] = RULES.map(({ id, metric, appDid, window, levels }) => ({
  id: id.slice('host:'.length),
  kind: 'alert',
  name: id,
  metric,
  scope: appDid === null ? { kind: 'account' } : { kind: 'project', appDid },
  window,
  levels: levels.map(String),
}));

const CALL = {
  // The same id again is a correction.
  id: fc.integer({ min: 0, max: 4 }),
  app: fc.integer({ min: 0, max: 1 }),
  credits: fc.oneof(fc.constantFrom(0, 25, 70), fc.integer({ min: 0, max: 40 })),
  ageMs: fc.oneof(
    fc.integer({ min: 0, max: 50 * MINUTE_MS }),
    fc.integer({ min: HOUR_MS, max: 20 * HOUR_MS }),
    fc.integer({ min: 26 * HOUR_MS, max: 400 * HOUR_MS }),
    // At the edge of a rolling window, in an hour that may be archived.
    fc.integer({ min: 48 * HOUR_MS, max: 49 * HOUR_MS + 20 * MINUTE_MS }),
  ),
};

/** What happens next. */
const STEP = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('record' as const), ...CALL }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('import' as const), ...CALL }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('balance' as const),
      // At a level, between it and where it clears, and beyond.
      remaining: fc.constantFrom(null, -5, 0, 30, 32, 50, 55, 200),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('archive' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(5000, 30_000, MINUTE_MS, 10 * MINUTE_MS) },
        { weight: 1, arbitrary: fc.integer({ min: HOUR_MS, max: 30 * HOUR_MS }) },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rollup' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('race' as const) }) },
);

type Step = typeof STEP extends fc.Arbitrary<infer T> ? T : never;
/** Archives for certain, which few random histories may not. */
const ARCHIVING: Step[] = [
  { kind: 'record', id: 0, app: 0, credits: 25, ageMs: 300 * HOUR_MS },
  { kind: 'rollup' },
  { kind: 'archive' },
  { kind: 'record', id: 0, app: 0, credits: 70, ageMs: 300 * HOUR_MS },
];

type CallStep = Extract<Step, { id: number }>;

/** The call of a step; one that is known is corrected: only its credits change. */
function toCall(
  { kind, app, ageMs, credits }: CallStep,
  known: ReferenceCall | undefined,
  nowMs: number,
): ReferenceCall {
  if (known) return { ...known, credits };
  const isBackdated = kind === 'import' || ageMs > 24 * HOUR_MS;
  const startedAt = nowMs - ageMs;
  return { appDid: `p${app}`, startedAt, credits, isBackdated, firstCredits: credits };
}

/** Of production at least 32 days: then no window has archived hours. */
const RETENTION_DAYS = 1;
const UNKNOWN = { total: null, used: null, pending: null, overdue: null };

function toQuota(remaining: number | null, asOf: string): Quota {
  return {
    ...UNKNOWN,
    ...{ currency: null, recentDays: [], autoRecharge: null, topUpUrl: null, billingUrl: null },
    status: remaining === null ? 'unavailable' : 'ok',
    reason: remaining === null ? 'noAnswer' : null,
    remaining: remaining === null ? null : String(remaining),
    runway: {
      ...{ status: 'notEnoughData', days: null, earliestDays: null, latestDays: null },
      ...{ depletesOn: null, dailyAverage: null, basedOnDays: 0 },
    },
    stale: null,
    freshness: { asOf, rolledUpThrough: null },
  };
}

/** What the provider of the quota says. */
interface Balance {
  remaining: number | null;
}

const RUNS = readCount('PROPERTY_RUNS', { few: 3, more: 6 });
/** Without a size, random lists have 15 elements at most. */
const STEPS = { minLength: 5, maxLength: 60, size: 'max' } as const;

describe.each(await takeServers())('alert rules as computed from all calls, on $name', (server) => {
  let host: TestUsage;
  let database: Database;
  let users = 0;
  beforeAll(async () => {
    host = await createTestUsageOn(server, { alerts: { rules: HOST_RULES } });
    database = openDatabase(host.config);
  });
  afterAll(async () => {
    await database.close();
    await host.close();
  });

  const open = (balance: Balance): AlertEvaluator =>
    createAlertEvaluator({
      database,
      clock: host.clock,
      logger: silentLogger,
      listHostRules: createHostRules(HOST_RULES, CHANNELS, silentLogger),
      channels: CHANNELS,
      readQuota: () =>
        Promise.resolve(toQuota(balance.remaining, new Date(host.clock.nowMs).toISOString())),
      // Runs of the rollup are random here, so that no value may be held for the lack of one.
      maxLagSeconds: 31_536_000,
      onError: (error) => {
        throw error;
      },
    });

  const store = async (step: CallStep, userDid: string, call: ReferenceCall): Promise<void> => {
    const input: ModelCallInput = {
      ...{ userDid, id: String(step.id), appDid: call.appDid, model: 'm' },
      ...{ status: 'success', startedAt: call.startedAt, credits: call.credits },
    };
    if (step.kind === 'record') {
      await host.usage.calls.record(input);
      return;
    }
    const { calls } = checkCalls(input, { price: (stored) => stored, creditDecimals: 8 });
    await storeImportedCalls(database, calls, host.clock.now());
  };
  /** Renames calls whose rows are gone: their ids are free, and a call of such an id is another one. */
  const renameArchived = async (
    userDid: string,
    calls: Map<string, ReferenceCall>,
  ): Promise<void> => {
    const ids = await database
      .reader<{ id: string }>('model_calls')
      .where('user_did', userDid)
      .pluck('id');
    for (const [id, call] of [...calls]) {
      if (ids.includes(id) || id.startsWith('archived')) continue;
      calls.delete(id);
      calls.set(`archived-${calls.size}-${id}`, call);
    }
  };
  const runArchiving = (): Promise<unknown> =>
    runRollup({
      ...createRunOptions(database, host.clock.nowMs, 60_000),
      retentionDays: RETENTION_DAYS,
    });
  const reopen = async (): Promise<void> => {
    await database.close();
    database = openDatabase(host.config);
  };

  test('fire, hold and clear', { timeout: 300_000 + RUNS * 2000 }, async () => {
    let archived = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(STEP, STEPS), async (steps) => {
        users += 1;
        const userDid = `user-${users}`;
        host.clock.nowMs = START_MS;
        const reference = new ReferenceAlerts(RULES);
        const calls = new Map<string, ReferenceCall>();
        const balance: Balance = { remaining: 100 };
        let alerts = open(balance);
        const evaluate = async (times = 1): Promise<void> => {
          const others = Array.from({ length: times - 1 }, () => open(balance));
          await Promise.all([alerts, ...others].map((one) => one.evaluate(userDid)));
          reference.evaluate(calls, balance.remaining, host.clock.nowMs);
        };
        for (const step of steps) {
          if (step.kind === 'record' || step.kind === 'import') {
            const call = toCall(step, calls.get(String(step.id)), host.clock.nowMs);
            calls.set(String(step.id), call);
            await store(step, userDid, call);
          }
          if (step.kind === 'balance') {
            // A provider is asked once a minute.
            host.clock.nowMs += MINUTE_MS;
            balance.remaining = step.remaining;
          }
          if (step.kind === 'wait') host.clock.nowMs += step.ms;
          if (step.kind === 'restart') {
            await reopen();
            alerts = open(balance);
          }
          if (step.kind === 'rollup') await host.usage.rollup.run();
          if (step.kind === 'archive') await runArchiving();
          await renameArchived(userDid, calls);
          await evaluate(step.kind === 'race' ? 3 : 1);
        }
        archived += [...calls.keys()].filter((id) => id.startsWith('archived')).length;
        const events = await listEvents(withoutTransaction(database), userDid, { limit: 1000 });
        const found = events.map(
          ({ ruleId, type, level, periodStartMs }) =>
            `${ruleId} ${type} ${level} ${periodStartMs ?? '-'}`,
        );
        expect(found.sort()).toEqual([...reference.events].sort());
      }),
      { numRuns: RUNS, examples: [[ARCHIVING]] },
    );
    expect(archived).toBeGreaterThan(0);
  });
});
