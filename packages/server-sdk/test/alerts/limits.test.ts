import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LimitCheck, LimitRequest } from '../../src/index.js';
import type { HostRule } from '../../src/alerts/alert-options.js';
import { createUsageLimits } from '../../src/alerts/enforcement/create-usage-limits.js';
import type { EnforcedBudget } from '../../src/alerts/enforcement/read-budgets.js';
import { waitUntil } from '../helpers/alert-outbox.js';
import {
  NOW_MS,
  createTestUsageOn,
  silentLogger,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';

const servers = await takeServers();
const WINDOW = { kind: 'calendar', unit: 'month', timeZone: 'Europe/Berlin' } as const;
const BUDGETS: HostRule[] = [
  {
    ...{ id: 'account', kind: 'budget', name: 'Account', metric: 'credits', window: WINDOW },
    ...{ amount: '10', enforce: true },
  },
  {
    ...{ id: 'project', kind: 'budget', name: 'Project', metric: 'calls', window: WINDOW },
    ...{ amount: '3', enforce: true, scope: { kind: 'project', appDid: 'app-1' } },
  },
  {
    ...{ id: 'model', kind: 'budget', name: 'Model', metric: 'credits', window: WINDOW },
    ...{ amount: '1', enforce: true, scope: { kind: 'model', model: 'm' } },
  },
  {
    ...{ id: 'open', kind: 'budget', name: 'Not enforced', metric: 'credits', window: WINDOW },
    amount: '0.1',
  },
];

describe.each(servers)('limits, on $name', (server) => {
  let host: TestUsage;
  beforeEach(async () => {
    host = await createTestUsageOn(server, { alerts: { rules: BUDGETS } });
  });
  afterEach(() => host.close());

  const record = (credits: string, appDid = 'app-2', userDid = 'alice'): Promise<unknown> =>
    host.usage.calls.record({
      ...{ userDid, appDid, credits, model: 'other', status: 'success', startedAt: NOW_MS - 1000 },
    });
  const checkWhen = async (
    request: LimitRequest,
    isSo: (check: LimitCheck) => boolean,
  ): Promise<LimitCheck> => {
    await waitUntil(() => isSo(host.usage.limits.check(request)));
    return host.usage.limits.check(request);
  };

  test('says which budgets are used up, of the call that is asked for', async () => {
    await record('9.9999999');
    const request = { userDid: 'alice', appDid: 'app-2' };
    expect(host.usage.limits.check(request)).toEqual({
      ...{ allowed: true, known: false, asOf: null, budgets: [] },
    });
    const first = await checkWhen(request, ({ known }) => known);
    expect(first).toEqual({
      ...{ allowed: true, known: true, asOf: new Date(NOW_MS).toISOString() },
      budgets: [
        {
          ...{ id: 'host:account', name: 'Account', metric: 'credits', scope: { kind: 'account' } },
          ...{ spent: '9.9999999', reserved: '0', amount: '10', isUsedUp: false },
          resetsAt: '2026-11-30T23:00:00.000Z',
        },
      ],
    });
    await record('0.0000001');
    const second = await checkWhen(request, ({ allowed }) => !allowed);
    expect(second.budgets[0]).toMatchObject({ spent: '10', isUsedUp: true });
    const other = { userDid: 'bob', appDid: 'app-2' };
    expect(await checkWhen(other, ({ known }) => known)).toMatchObject({ allowed: true });
  });

  test('budgets of a project and of a model count their calls only', async () => {
    for (let call = 0; call < 3; call += 1) await record('0.1', 'app-1');
    const known = ({ known }: LimitCheck): boolean => known;
    const project = await checkWhen({ userDid: 'alice', appDid: 'app-1' }, known);
    expect(project.allowed).toBe(false);
    expect(project.budgets.map(({ id, isUsedUp }) => [id, isUsedUp])).toEqual([
      ['host:account', false],
      ['host:project', true],
    ]);
    expect(host.usage.limits.check({ userDid: 'alice', appDid: 'app-2' }).allowed).toBe(true);
    const ofModel = host.usage.limits.check({ userDid: 'alice', appDid: 'app-2', model: 'm' });
    expect(ofModel.budgets.map(({ id }) => id)).toEqual(['host:account', 'host:model']);
  });

  test('what calls in progress reserve is missing from no check', async () => {
    await record('6');
    const request = { userDid: 'alice' };
    await checkWhen(request, ({ known }) => known);
    const reservation = host.usage.limits.reserve({ ...request, amount: { credits: '4' } });
    expect(reservation.isCounted).toBe(true);
    expect(host.usage.limits.check(request)).toMatchObject({
      allowed: false,
      budgets: [{ spent: '6', reserved: '4', isUsedUp: true }],
    });
    expect(host.usage.limits.check({ userDid: 'bob' }).allowed).toBe(true);
    await record('4');
    reservation.release();
    reservation.release();
    // Until its call is in what was read, the reservation stands for it.
    const seen: LimitCheck[] = [];
    await waitUntil(() => {
      const check = host.usage.limits.check(request);
      seen.push(check);
      return check.budgets[0]?.reserved === '0';
    });
    expect(seen.every(({ allowed }) => !allowed)).toBe(true);
    expect(seen.at(-1)?.budgets[0]).toMatchObject({ spent: '10', reserved: '0' });
  });

  test('a reservation ends at its deadline, and with the user', async () => {
    await checkWhen({ userDid: 'alice' }, ({ known }) => known);
    const amount = { credits: '10' };
    host.usage.limits.reserve({ userDid: 'alice', amount, deadlineMs: 1000 });
    expect(host.usage.limits.check({ userDid: 'alice' }).allowed).toBe(false);
    host.clock.nowMs += 1000;
    expect(host.usage.limits.check({ userDid: 'alice' }).allowed).toBe(true);
    host.usage.limits.reserve({ userDid: 'alice', amount });
    await host.usage.erase('alice');
    expect(host.usage.limits.check({ userDid: 'alice' })).toMatchObject({ known: false });
    expect(await checkWhen({ userDid: 'alice' }, ({ known }) => known)).toMatchObject({
      allowed: true,
    });
  });

  test('after the end of the period nothing is known until it is read', async () => {
    await record('10');
    const request = { userDid: 'alice' };
    await checkWhen(request, ({ allowed }) => !allowed);
    host.clock.nowMs = Date.UTC(2026, 10, 30, 23);
    expect(host.usage.limits.check(request)).toMatchObject({ allowed: true, known: false });
    const next = await checkWhen(request, ({ known }) => known);
    expect(next.budgets[0]).toMatchObject({ spent: '0', resetsAt: '2026-12-31T23:00:00.000Z' });
  });
});

describe('limits in memory', () => {
  const budget = (index: number): EnforcedBudget => ({
    ...{ id: `b-${index}`, name: 'b', metric: 'credits', scope: { kind: 'account' } },
    ...{ spent: 5n, amount: 10n ** 15n, resetsAtMs: NOW_MS * 2 },
  });
  const create = (
    readBudgets: () => Promise<EnforcedBudget[]>,
    onError: (error: unknown) => void = () => undefined,
  ): ReturnType<typeof createUsageLimits> =>
    createUsageLimits({
      readBudgets,
      ...{ clock: { now: () => NOW_MS }, logger: silentLogger, onError },
    });

  test('a check reads nothing, with ten budgets and a thousand reservations', async () => {
    let reads = 0;
    const limits = create(() => {
      reads += 1;
      return Promise.resolve(Array.from({ length: 10 }, (_, i) => budget(i)));
    });
    limits.check({ userDid: 'alice' });
    await waitUntil(() => limits.check({ userDid: 'alice' }).known);
    for (let call = 0; call < 1000; call += 1) {
      limits.reserve({ userDid: 'alice', amount: { credits: '0.0000000001' } });
    }
    const times: number[] = [];
    for (let check = 0; check < 2000; check += 1) {
      const startedMs = performance.now();
      const { budgets } = limits.check({ userDid: 'alice' });
      times.push(performance.now() - startedMs);
      expect(budgets).toHaveLength(10);
    }
    times.sort((a, b) => a - b);
    expect(reads).toBe(1);
    console.info(`check: median ${times[1000]?.toFixed(3)} ms, p99 ${times[1980]?.toFixed(3)} ms`);
    await limits.stop();
  });

  test('a failed read is reported, allows, and is repeated', async () => {
    let isDown = true;
    const errors: unknown[] = [];
    const read = (): Promise<EnforcedBudget[]> =>
      isDown ? Promise.reject(new Error('down')) : Promise.resolve([]);
    const limits = create(read, (error) => errors.push(error));
    expect(limits.check({ userDid: 'alice' })).toMatchObject({ allowed: true, known: false });
    await waitUntil(() => errors.length > 0);
    expect(limits.check({ userDid: 'alice' })).toMatchObject({ allowed: true, known: false });
    isDown = false;
    await waitUntil(() => limits.check({ userDid: 'alice' }).known);
    await limits.stop();
  });

  test('there are at most so many reservations', () => {
    const limits = create(() => Promise.resolve([]));
    const reserve = (): boolean => limits.reserve({ userDid: 'a', amount: {} }).isCounted;
    const counted = Array.from({ length: 5001 }, reserve);
    expect(counted.filter(Boolean)).toHaveLength(5000);
    expect(reserve()).toBe(false);
  });

  test.each([
    [{ userDid: '' }, 'userDid'],
    [{ userDid: 'undefined' }, 'userDid'],
    [{ userDid: 'a', appDid: '' }, 'appDid'],
    [{ userDid: 'a', model: '\u0000' }, 'model'],
    [{ userDid: 'a', amount: { credits: '-1' } }, 'amount.credits'],
    [{ userDid: 'a', amount: { credits: 1 } }, 'amount.credits'],
    [{ userDid: 'a', amount: { credits: '1e3' } }, 'amount.credits'],
    [{ userDid: 'a', amount: { money: '1' } }, 'amount.money'],
    [{ userDid: 'a', amount: null }, 'amount'],
    [{ userDid: 'a', deadlineMs: 0 }, 'deadlineMs'],
  ])('%j is refused', (request, message) => {
    const limits = create(() => Promise.resolve([]));
    expect(() => limits.reserve({ amount: {}, ...request } as never)).toThrow(message);
  });
});
