import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createTestUsage,
  NOW_MS,
  silentLogger,
  type TestUsage,
} from '../../test/helpers/create-test-usage.js';
import { openDatabase, type Database } from '../db/database.js';
import type { QuotaProvider } from './quota-provider.js';
import { staticQuota } from './static-quota.js';
import type { Quota, QuotaDetails } from '../contract/quota.js';
import { createQuotaService, type LedgerQuery } from './quota-service.js';

const DAY_MS = 86_400_000;

let host: TestUsage;
let database: Database;
beforeEach(async () => {
  host = await createTestUsage();
  database = openDatabase(host.config);
});
afterEach(async () => {
  await database.close();
  await host.close();
});

async function quotaOf(
  provider: QuotaProvider | null,
  deadlineMs = 10_000,
  nowMs = NOW_MS,
): Promise<Quota> {
  const service = createQuotaService({ database, provider, logger: silentLogger, deadlineMs });
  const quota = await service.getQuota('alice', nowMs);
  await service.close();
  return quota;
}

function detailsOf(provider: QuotaProvider, query: Partial<LedgerQuery>): Promise<QuotaDetails> {
  const service = createQuotaService({
    database,
    provider,
    logger: silentLogger,
    deadlineMs: 1000,
  });
  const all = { kind: null, fromMs: null, toMs: null, page: 1, pageSize: 20, ...query };
  return service.getQuotaDetails('alice', all, NOW_MS);
}

const GRANT = { id: 'g', kind: 'grant', amount: '10', occurredAt: NOW_MS - 40 * DAY_MS } as const;

async function useOneCreditADay(days: number): Promise<void> {
  await host.usage.calls.record(
    Array.from({ length: days }, (_, index) => ({
      userDid: 'alice',
      model: 'm',
      status: 'success' as const,
      startedAt: NOW_MS - (index + 0.9) * DAY_MS,
      credits: '1',
    })),
  );
}

describe('a provider that fails', () => {
  const never: QuotaProvider = {
    getQuota: () => new Promise<never>(() => undefined),
    listLedger: () => Promise.reject(new Error('down')),
  };

  test.each([
    ['none', null],
    ['one that hangs', never],
    ['one that throws', { ...never, getQuota: () => Promise.reject(new Error('down')) }],
  ])('%s costs the amounts, never zeros, and keeps the use', async (_name, provider) => {
    await useOneCreditADay(3);
    const quota = await quotaOf(provider, 100);
    expect(quota).toMatchObject({
      status: 'unavailable',
      total: null,
      remaining: null,
      stale: null,
    });
    expect(quota.recentDays.map(({ credits }) => credits)).toContain('1');
  });

  test('says so in the ledger', async () => {
    expect(await detailsOf(never, {})).toMatchObject({
      status: 'unavailable',
      reason: 'noAnswer',
      items: [],
      total: 0,
      sum: null,
    });
  });
});

describe('staticQuota', () => {
  test('what is left lasts as long as the pace says', async () => {
    await useOneCreditADay(4);
    const quota = await quotaOf(staticQuota({ entries: [GRANT] }));
    expect(quota).toMatchObject({ total: '10', used: '4', remaining: '6', overdue: '0' });
    expect(quota.runway).toMatchObject({ status: 'estimated', days: 6, basedOnDays: 3 });
  });

  test('overdrawn is owed, not zero', async () => {
    await useOneCreditADay(12);
    const quota = await quotaOf(staticQuota({ entries: () => Promise.resolve([GRANT]) }));
    expect(quota).toMatchObject({ total: '10', used: '12', remaining: '-2', overdue: '2' });
    expect(quota.runway.status).toBe('depleted');
  });

  test('a user without a limit has the status unlimited', async () => {
    const quota = await quotaOf(staticQuota({ entries: [], isUnlimited: () => true }));
    expect([quota.status, quota.runway.status]).toEqual(['unlimited', 'unlimited']);
  });

  test('the rows of the ledger, on all pages, sum to what remains', async () => {
    await useOneCreditADay(12);
    const provider = staticQuota({
      entries: [GRANT, { ...GRANT, id: 'promo', amount: '3', expiresAt: NOW_MS - 11 * DAY_MS }],
    });
    let sum = 0;
    const seen = new Set<string>();
    for (let page = 1; page <= 4; page += 1) {
      const details = await detailsOf(provider, { page, pageSize: 4 });
      for (const { id, amount } of details.items) {
        seen.add(id);
        sum += Number(amount);
      }
      expect(details.total).toBe(15);
    }
    expect(seen.size).toBe(15);
    const { remaining } = await quotaOf(provider);
    expect(String(sum)).toBe(remaining);
    const { sum: stated } = await detailsOf(provider, { kind: 'grant' });
    expect(stated).toEqual({ balance: remaining, rows: remaining, pending: '0', unexplained: '0' });
  });
});

describe('the runway', () => {
  const balance = (remaining: string): QuotaProvider => ({
    getQuota: () =>
      Promise.resolve({
        status: 'ok',
        currency: { symbol: 'C', name: 'Credits', decimal: 18 },
        total: '100',
        used: '0',
        remaining,
        pending: '0',
        overdue: '0',
        topUpUrl: null,
        billingUrl: null,
      }),
    listLedger: () => Promise.reject(new Error('not asked')),
  });

  test('a top-up in between lengthens it by what it brought, and leaves the pace alone', async () => {
    await useOneCreditADay(10);
    const before = await quotaOf(balance('5'));
    const after = await quotaOf(balance('25'));
    expect([before.runway.days, after.runway.days]).toEqual([5, 25]);
    expect(after.runway.dailyAverage).toBe(before.runway.dailyAverage);
  });

  test.each([
    ['0', 'depleted', 0],
    ['-3', 'depleted', 0],
    ['0.000000000000000001', 'depleted', 0],
    ['10', 'estimated', 10],
    ['1234567890123456789012345678901234567890', 'estimated', 1.2345678901234565e39],
  ])('%s left: %s', async (remaining, status, days) => {
    await useOneCreditADay(10);
    const { runway } = await quotaOf(balance(remaining));
    expect(runway).toMatchObject({ status, days });
  });

  test('the first day says nothing about a pace', async () => {
    await useOneCreditADay(1);
    const { runway } = await quotaOf(balance('10'));
    expect(runway).toMatchObject({ status: 'notEnoughData', days: null, basedOnDays: 0 });
  });

  test('a month without a call has no pace', async () => {
    await useOneCreditADay(1);
    const later = NOW_MS + 40 * DAY_MS;
    const { runway } = await quotaOf(balance('10'), undefined, later);
    expect(runway).toMatchObject({ status: 'noRecentUse', days: null, basedOnDays: 30 });
  });
});
