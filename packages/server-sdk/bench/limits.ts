import { createHistogram, monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setImmediate as yieldOnce } from 'node:timers/promises';
import { createUsageLimits } from '../src/alerts/enforcement/create-usage-limits.js';
import type { EnforcedBudget } from '../src/alerts/enforcement/read-budgets.js';

/**
 * How long `usage.limits.check` takes, each check in another turn of the event loop, alongside a control: work that is always
 * the same. What the control takes longer at its 99th percentile than at its median is the machine's, which runs other
 * processes meanwhile.
 *
 * `limits.ts [CHECKS] [BUDGETS] [RESERVATIONS]`
 */
const [checks = '20000', budgetCount = '20', reservationCount = '100'] = process.argv.slice(2);
const USER = 'did:abt:bench';

function createBudget(index: number): EnforcedBudget {
  return {
    ...{ id: `b-${index}`, name: `Budget ${index}`, metric: 'credits', scope: { kind: 'account' } },
    ...{ spent: 5n * 10n ** 10n, amount: 100_000n * 10n ** 10n },
    resetsAtMs: Date.now() + 3_600_000,
  };
}

const limits = createUsageLimits({
  readBudgets: () =>
    Promise.resolve(Array.from({ length: Number(budgetCount) }, (_, i) => createBudget(i))),
  clock: { now: () => Date.now() },
  logger: console,
  onError: (error) => {
    throw error;
  },
});
for (let index = 0; index < Number(reservationCount); index += 1) {
  limits.reserve({ userDid: USER, appDid: `app-${index % 7}`, amount: { credits: '0.5' } });
}
limits.check({ userDid: USER });
await yieldOnce();
if (!limits.check({ userDid: USER }).known) throw new Error('The budgets were not read');

/** As long as a check, about. */
function work(rounds: number): number {
  let sum = 0;
  for (let index = 0; index < rounds; index += 1) sum += Math.sqrt(index);
  return sum;
}

const [ofChecks, ofControl] = [createHistogram(), createHistogram()];
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
for (let index = 0; index < Number(checks); index += 1) {
  await yieldOnce();
  const startedMs = performance.now();
  limits.check({ userDid: USER, appDid: 'app-1', model: 'm' });
  const betweenMs = performance.now();
  work(20_000);
  const endedMs = performance.now();
  ofChecks.record(Math.max(1, Math.round((betweenMs - startedMs) * 1e6)));
  ofControl.record(Math.max(1, Math.round((endedMs - betweenMs) * 1e6)));
}
delay.disable();
await limits.stop();
for (const [name, histogram] of [
  ['check', ofChecks],
  ['control', ofControl],
  ['event loop', delay],
] as const) {
  const [median, p99, max] = [50, 99, 100].map((percent) =>
    (histogram.percentile(percent) / 1e6).toFixed(3),
  );
  console.log(`${name}: median ${median} ms, p99 ${p99} ms, max ${max} ms`);
}
