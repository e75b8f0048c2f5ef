import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTestUsage, NOW_MS, type TestUsage } from '../../test/helpers/create-test-usage.js';
import type { Quota } from '../contract/quota.js';
import { openDatabase, type Database } from '../db/database.js';
import {
  QuotaProviderError,
  type LedgerPage,
  type QuotaBalance,
  type QuotaProvider,
} from './quota-provider.js';
import { createProviderResults } from './provider-results.js';
import { createQuotaService, type QuotaService } from './quota-service.js';

const DEADLINE_MS = 60;
const OPEN_MS = 5000;

let host: TestUsage;
let database: Database;
let log: string[];
let services: QuotaService[];

beforeEach(async () => {
  host = await createTestUsage();
  database = openDatabase(host.config);
  log = [];
  services = [];
  // The breaker looks at the clock; timers and the database go on by themselves.
  vi.useFakeTimers({ toFake: ['Date'], now: NOW_MS });
});
afterEach(async () => {
  vi.useRealTimers();
  for (const service of services) await service.close();
  await database.close();
  await host.close();
});

const CURRENCY = { symbol: 'C', name: 'Credits', decimal: 2 };

function balanceOf(remaining: string): QuotaBalance {
  return {
    status: 'ok',
    currency: CURRENCY,
    total: '100',
    used: '1',
    remaining,
    pending: '0',
    overdue: '0',
    topUpUrl: null,
    billingUrl: null,
  };
}

/** A provider that behaves as the test says. */
class Provider implements QuotaProvider {
  state: 'up' | 'down' | 'hanging' | 'refusing' = 'up';
  remaining = '50';
  asked: string[] = [];
  running = 0;
  mostRunning = 0;

  getQuota = ({ userDid }: { userDid: string }): Promise<QuotaBalance> =>
    this.#answer(userDid, () => balanceOf(this.remaining));

  listLedger = ({ userDid }: { userDid: string }): Promise<LedgerPage> =>
    this.#answer(userDid, () => ({ items: [], total: 7, currency: CURRENCY }));

  async #answer<T>(userDid: string, answer: () => T): Promise<T> {
    this.asked.push(userDid);
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    try {
      if (this.state === 'hanging') await new Promise(() => undefined);
      await new Promise((resolve) => setImmediate(resolve));
      if (this.state === 'down') throw new Error('connect ECONNREFUSED');
      if (this.state === 'refusing') throw new QuotaProviderError('No such id', 'user');
      return answer();
    } finally {
      this.running -= 1;
    }
  }
}

function start(provider: QuotaProvider): QuotaService {
  const note =
    (level: string) =>
    (message: string): void => {
      log.push(`${level} ${message}`);
    };
  const logger = {
    debug: () => undefined,
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
  };
  const service = createQuotaService({ database, provider, logger, deadlineMs: DEADLINE_MS });
  services.push(service);
  return service;
}

/** A poll at a time, which is the machine's too. */
async function poll(service: QuotaService, afterMs = 0, userDid = 'alice'): Promise<Quota> {
  vi.setSystemTime(NOW_MS + afterMs);
  return service.getQuota(userDid, NOW_MS + afterMs);
}

const DOWN = 'warn The quota provider fails: the last snapshots are shown';
const BACK = 'info The quota provider has recovered';

test.each(['down', 'hanging'] as const)(
  'a provider that is %s costs the age of the values, never the values',
  async (state) => {
    const provider = new Provider();
    const service = start(provider);
    expect(await poll(service)).toMatchObject({ status: 'ok', remaining: '50', stale: null });
    provider.state = state;
    for (const afterMs of [60_000, 120_000, 180_000, 240_000]) {
      expect(await poll(service, afterMs)).toMatchObject({
        status: 'ok',
        reason: null,
        remaining: '50',
        stale: { since: new Date(NOW_MS).toISOString(), ageSeconds: afterMs / 1000 },
      });
    }
    expect(log).toEqual([DOWN]);
    provider.state = 'up';
    provider.remaining = '80';
    expect(await poll(service, 300_000)).toMatchObject({ remaining: '80', stale: null });
    expect(log).toEqual([DOWN, BACK]);
  },
);

test('while it is known to be down it is left alone, and tried again after a few seconds', async () => {
  const provider = new Provider();
  const service = start(provider);
  await poll(service);
  provider.state = 'down';
  for (let index = 0; index < 50; index += 1) await poll(service, 1000 + index);
  expect(provider.asked).toHaveLength(1 + 3);
  await poll(service, 1000 + OPEN_MS + 60);
  expect(provider.asked).toHaveLength(1 + 3 + 1);
  await poll(service, 1000 + OPEN_MS + 70);
  expect(provider.asked).toHaveLength(1 + 3 + 1);
  expect(log).toEqual([DOWN]);
});

test('without a result for a user the status says so, and why', async () => {
  const provider = new Provider();
  provider.state = 'down';
  expect(await poll(start(provider))).toMatchObject({
    status: 'unavailable',
    reason: 'noAnswer',
    remaining: null,
    stale: null,
  });
});

test('who has no account is no failure', async () => {
  const service = start({
    ...new Provider(),
    listLedger: () => Promise.reject(new Error('not asked')),
    getQuota: () =>
      Promise.resolve({
        status: 'noAccount',
        currency: CURRENCY,
        topUpUrl: 'https://pay.example.com/up',
        billingUrl: null,
      }),
  });
  expect(await poll(service)).toMatchObject({
    status: 'unavailable',
    reason: 'noAccount',
    remaining: null,
    currency: CURRENCY,
    topUpUrl: 'https://pay.example.com/up',
    stale: null,
  });
});

describe('a restart', () => {
  test('keeps the last known values', async () => {
    const provider = new Provider();
    const before = start(provider);
    await poll(before);
    await before.close();
    provider.state = 'down';
    expect(await poll(start(provider), 90_000)).toMatchObject({
      status: 'ok',
      remaining: '50',
      currency: CURRENCY,
      stale: { ageSeconds: 90 },
    });
  });

  test('keeps those of each user apart', async () => {
    const provider = new Provider();
    const before = start(provider);
    await poll(before, 0, 'alice');
    await before.close();
    provider.state = 'down';
    for (const other of ['Alice', 'alice ', 'bob', '%']) {
      expect(await poll(start(provider), 0, other)).toMatchObject({ status: 'unavailable' });
    }
  });

  test('shows a later result of another process', async () => {
    const provider = new Provider();
    const [one, other] = [start(provider), start(provider)];
    await poll(one);
    provider.remaining = '40';
    await poll(other, 60_000);
    await other.close();
    provider.state = 'down';
    expect(await poll(one, 70_000)).toMatchObject({ remaining: '40', stale: { ageSeconds: 10 } });
  });

  test('with a table that holds something else shows nothing rather than that', async () => {
    for (const answer of ['{}', 'null', '{"balance":{"status":"new"}}', 'no JSON']) {
      await database.writer('model_quota_snapshots').delete();
      await database
        .writer('model_quota_snapshots')
        .insert({ user_did: 'alice', answered_at_ms: NOW_MS, answer });
      const provider = new Provider();
      provider.state = 'down';
      expect(await poll(start(provider))).toMatchObject({ status: 'unavailable' });
    }
  });

  test('a table that is missing costs only that', async () => {
    await database.writer.schema.dropTable('model_quota_snapshots');
    const provider = new Provider();
    const service = start(provider);
    expect(await poll(service)).toMatchObject({ remaining: '50' });
    provider.state = 'down';
    expect(await poll(service, 60_000)).toMatchObject({
      remaining: '50',
      stale: { ageSeconds: 60 },
    });
    await service.close();
    expect(log.filter((line) => line.includes('cannot be stored'))).toHaveLength(1);
  });
});

test('one question is asked for all who wait for the same answer', async () => {
  const provider = new Provider();
  const service = start(provider);
  const answers = await Promise.all(Array.from({ length: 40 }, () => poll(service)));
  expect(new Set(answers.map(({ remaining }) => remaining))).toEqual(new Set(['50']));
  expect(provider.asked).toEqual(['alice']);
});

test('ten thousand users of a provider that hangs wait no longer, and do not pile up in front of it', async () => {
  const provider = new Provider();
  provider.state = 'hanging';
  const log: string[] = [];
  const note = (message: string): void => void log.push(message);
  const logger = { debug: () => undefined, info: note, warn: note, error: note };
  const answers = createProviderResults(
    provider,
    {
      read: () => Promise.resolve(null),
      save: () => ({ answer: '', atMs: 0 }),
      forget: () => undefined,
      close: () => Promise.resolve(),
    },
    logger,
    DEADLINE_MS,
  );
  const use = {
    firstCallAtMs: () => Promise.resolve(null),
    creditsE10Of: () => Promise.resolve([]),
  };
  for (let round = 0; round < 3; round += 1) {
    const polls = Array.from({ length: 10_000 }, (_, user) =>
      answers.balance({ userDid: `user-${user}`, nowMs: NOW_MS, use }),
    );
    expect(new Set(await Promise.all(polls))).toEqual(new Set([null]));
  }
  // The client cannot be aborted: what it hangs in goes on, and is all there ever is.
  expect(provider.mostRunning).toBeLessThanOrEqual(32);
  expect(log).toHaveLength(1);
});

test('a question that only one user cannot ask is not held against the provider', async () => {
  const provider = new Provider();
  const service = start(provider);
  await poll(service, 0, 'bob');
  provider.state = 'refusing';
  for (let index = 0; index < 10; index += 1) await poll(service, index, 'mallory');
  provider.state = 'up';
  expect(await poll(service, 20, 'bob')).toMatchObject({ stale: null });
  expect(log).toEqual(['warn The quota provider failed for a user']);
});

describe('the auto-recharge', () => {
  const config = { enabled: true, threshold: '5', creditsPerPurchase: '10' };
  const withRecharge = (
    getAutoRecharge: NonNullable<QuotaProvider['getAutoRecharge']>,
  ): QuotaProvider => {
    const { getQuota, listLedger } = new Provider();
    return { getQuota, listLedger, getAutoRecharge };
  };

  test('comes with the balance', async () => {
    const provider = withRecharge(() => Promise.resolve(config));
    expect(await poll(start(provider))).toMatchObject({ remaining: '50', autoRecharge: config });
  });

  test.each([
    ['fails', () => Promise.reject(new Error('down'))],
    ['hangs', () => new Promise<never>(() => undefined)],
  ])('one that %s costs neither the balance nor what was known of it', async (_name, later) => {
    let getAutoRecharge: NonNullable<QuotaProvider['getAutoRecharge']> = () =>
      Promise.resolve(config);
    const service = start(withRecharge((request) => getAutoRecharge(request)));
    await poll(service);
    getAutoRecharge = later;
    expect(await poll(service, 60_000)).toMatchObject({
      remaining: '50',
      stale: null,
      autoRecharge: config,
    });
  });
});

test('a page of the ledger is remembered with its age, each by its filter', async () => {
  const provider = new Provider();
  const service = start(provider);
  const query = { kind: null, fromMs: null, toMs: null, page: 1, pageSize: 20 };
  expect(await service.getQuotaDetails('alice', query, NOW_MS)).toMatchObject({
    total: 7,
    stale: null,
  });
  provider.state = 'down';
  const later = NOW_MS + 30_000;
  expect(await service.getQuotaDetails('alice', query, later)).toMatchObject({
    status: 'ok',
    total: 7,
    stale: { ageSeconds: 30 },
  });
  const unknown = { status: 'unavailable', reason: 'noAnswer', items: [] };
  expect(await service.getQuotaDetails('alice', { ...query, page: 2 }, later)).toMatchObject(
    unknown,
  );
  expect(await service.getQuotaDetails('bob', query, later)).toMatchObject(unknown);
});
