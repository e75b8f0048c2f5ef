import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAlertEvaluator, type AlertEvaluator } from '../../src/alerts/alert-evaluator.js';
import type { HostRule } from '../../src/alerts/alert-options.js';
import { createHostRules } from '../../src/alerts/host-rules.js';
import { listEvents } from '../../src/alerts/outbox/event-store.js';
import { openDatabase, type Database } from '../../src/db/database.js';
import { withoutTransaction } from '../../src/db/transaction.js';
import { createTestUsageOn, silentLogger, type TestUsage } from '../helpers/create-test-usage.js';
import { CHANNELS } from '../helpers/alert-outbox.js';
import { availableServers } from '../helpers/test-databases.js';
import { ReferenceAlerts, type ReferenceCall, type ReferenceRule } from './reference-alerts.js';

/*
 * Random sequences of calls, late and back-dated calls, corrections, hours and period ends (the clocks of Berlin change in
 * them, those of Lord Howe by half an hour), rollups, new processes and several concurrent evaluators, against rules that are
 * computed from all calls.
 */

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Two days before the clocks of Europe go back, and a week before a month ends there. */
const START_MS = Date.UTC(2026, 9, 23, 20, 50);

const calendar = (unit: 'day' | 'week' | 'month', timeZone: string) =>
  ({ kind: 'calendar', unit, timeZone }) as const;
const RULES: readonly ReferenceRule[] = [
  { id: 'host:a', appDid: null, window: calendar('day', 'Europe/Berlin'), levels: [20, 60, 100] },
  { id: 'host:b', appDid: null, window: calendar('week', 'Asia/Kathmandu'), levels: [50, 200] },
  { id: 'host:c', appDid: 'p1', window: calendar('month', 'Australia/Lord_Howe'), levels: [90] },
  { id: 'host:d', appDid: null, window: { kind: 'rolling', hours: 1 }, levels: [20] },
  { id: 'host:e', appDid: 'p0', window: { kind: 'rolling', hours: 30 }, levels: [30, 70] },
];
const HOST_RULES: HostRule[] = RULES.map(({ id, appDid, window, levels }) => ({
  id: id.slice('host:'.length),
  kind: 'alert',
  name: id,
  metric: 'credits',
  scope: appDid === null ? { kind: 'account' } : { kind: 'project', appDid },
  window,
  levels: levels.map(String),
}));

/** What happens next. */
const STEP = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('record' as const),
      // The same id again is a correction.
      id: fc.integer({ min: 0, max: 4 }),
      app: fc.integer({ min: 0, max: 1 }),
      credits: fc.oneof(fc.constantFrom(0, 25, 70), fc.integer({ min: 0, max: 40 })),
      ageMs: fc.oneof(
        fc.integer({ min: 0, max: 50 * MINUTE_MS }),
        fc.integer({ min: HOUR_MS, max: 20 * HOUR_MS }),
        fc.integer({ min: 26 * HOUR_MS, max: 400 * HOUR_MS }),
      ),
    }),
  },
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

/** The call of a step; one that is known is corrected: only its credits change. */
function toCall(
  { app, ageMs, credits }: { app: number; ageMs: number; credits: number },
  known: ReferenceCall | undefined,
  nowMs: number,
): ReferenceCall {
  if (known) return { ...known, credits };
  const isBackdated = ageMs > 24 * HOUR_MS;
  const startedAt = nowMs - ageMs;
  return { appDid: `p${app}`, startedAt, credits, isBackdated, firstCredits: credits };
}

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 25);

describe.each(await availableServers())(
  'alert rules as computed from all calls, on $name',
  (server) => {
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

    const open = (): AlertEvaluator =>
      createAlertEvaluator({
        database,
        clock: host.clock,
        logger: silentLogger,
        listHostRules: createHostRules(HOST_RULES, CHANNELS, silentLogger),
        channels: CHANNELS,
        readQuota: null,
        // Runs of the rollup are random here, so that no value may be held for the lack of one.
        maxLagSeconds: 31_536_000,
        onError: (error) => {
          throw error;
        },
      });

    test('fire, hold and clear', { timeout: 300_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(STEP, { minLength: 5, maxLength: 50 }), async (steps) => {
          users += 1;
          const userDid = `user-${users}`;
          host.clock.nowMs = START_MS;
          const reference = new ReferenceAlerts(RULES);
          const calls = new Map<string, ReferenceCall>();
          let alerts = open();
          const evaluate = async (times = 1): Promise<void> => {
            await Promise.all(
              Array.from({ length: times }, (_, index) =>
                (index === 0 ? alerts : open()).evaluate(userDid),
              ),
            );
            reference.evaluate(calls, host.clock.nowMs);
          };
          for (const step of steps) {
            const nowMs = host.clock.nowMs;
            if (step.kind === 'record') {
              const call = toCall(step, calls.get(String(step.id)), nowMs);
              calls.set(String(step.id), call);
              await host.usage.calls.record({
                ...{ userDid, id: String(step.id), appDid: call.appDid, model: 'm' },
                ...{ status: 'success', startedAt: call.startedAt, credits: call.credits },
              });
            }
            if (step.kind === 'wait') host.clock.nowMs += step.ms;
            if (step.kind === 'restart') alerts = open();
            if (step.kind === 'rollup') {
              await host.usage.rollup.run();
              reference.evaluate(calls, host.clock.nowMs);
            }
            await evaluate(step.kind === 'race' ? 3 : 1);
          }
          const events = await listEvents(withoutTransaction(database), userDid, { limit: 1000 });
          const found = events.map(
            ({ ruleId, type, level, periodStartMs }) =>
              `${ruleId} ${type} ${level} ${periodStartMs ?? '-'}`,
          );
          expect(found.sort()).toEqual([...reference.events].sort());
        }),
        { numRuns: RUNS },
      );
    });
  },
);
