import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createTestUsage,
  NOW_MS,
  silentLogger,
  type TestUsage,
} from '../../test/helpers/create-test-usage.js';
import { openDatabase, type Database } from '../db/database.js';
import type { QuotaProvider } from '../ports/quota-provider.js';
import { staticQuota } from '../quota/static-quota.js';
import { getQuota, getQuotaDetails } from './quota-service.js';

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

function quotaOf(provider: QuotaProvider | null): ReturnType<typeof getQuota> {
  return getQuota({ database, provider, logger: silentLogger, deadlineMs: 100 }, 'alice', NOW_MS);
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

describe('a provider that cannot answer', () => {
  const never: QuotaProvider = {
    getQuota: () => new Promise(() => undefined),
    listLedger: () => Promise.reject(new Error('down')),
  };

  test.each([
    ['none', null],
    ['one that hangs', never],
    ['one that throws', { ...never, getQuota: () => Promise.reject(new Error('down')) }],
  ])('%s costs the amounts, never zeros, and keeps the use', async (_name, provider) => {
    await useOneCreditADay(3);
    const quota = await quotaOf(provider);
    expect(quota).toMatchObject({
      status: 'unavailable',
      total: null,
      remaining: null,
      stale: null,
    });
    expect(quota.recentDays.map(({ credits }) => credits)).toContain('1');
  });

  test('says so in the ledger', async () => {
    const options = { database, provider: never, logger: silentLogger, deadlineMs: 100 };
    const query = { kind: null, fromMs: null, toMs: null, page: 1, pageSize: 20 };
    const details = await getQuotaDetails(options, 'alice', query, NOW_MS);
    expect(details).toMatchObject({ status: 'unavailable', items: [], total: 0 });
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

  test('who has no limit is told so', async () => {
    const quota = await quotaOf(staticQuota({ entries: [], isUnlimited: () => true }));
    expect([quota.status, quota.runway.status]).toEqual(['unlimited', 'unlimited']);
  });

  test('the rows of the ledger, on all pages, sum to what remains', async () => {
    await useOneCreditADay(12);
    const provider = staticQuota({
      entries: [GRANT, { ...GRANT, id: 'promo', amount: '3', expiresAt: NOW_MS - 11 * DAY_MS }],
    });
    const options = { database, provider, logger: silentLogger, deadlineMs: 1000 };
    let sum = 0;
    const seen = new Set<string>();
    for (let page = 1; page <= 4; page += 1) {
      const query = { kind: null, fromMs: null, toMs: null, page, pageSize: 4 };
      const details = await getQuotaDetails(options, 'alice', query, NOW_MS);
      for (const { id, amount } of details.items) {
        seen.add(id);
        sum += Number(amount);
      }
      expect(details.total).toBe(15);
    }
    expect(seen.size).toBe(15);
    expect(String(sum)).toBe((await quotaOf(provider)).remaining);
  });
});
