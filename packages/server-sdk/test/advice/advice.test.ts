import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  priceTable,
  staticQuota,
  type Advice,
  type AdviceItem,
  type ModelCallInput,
  type ProjectCalls,
} from '../../src/index.js';
import { MAX_CALLS_READ, readRecentCalls } from '../../src/advice/recent-calls-store.js';
import { openDatabase } from '../../src/db/database.js';
import { readInSnapshot } from '../../src/db/transaction.js';
import {
  NOW_MS,
  createTestUsage,
  createTestUsageOn,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const PRICES = priceTable({
  name: 'test@1',
  prices: [
    { model: 'big', input: '3', cachedInput: '0.3', cacheWrite: '3.75', output: '15' },
    { model: 'small', input: '0.25', output: '1.25' },
  ],
});

/** Each adds its mark to what only its own advice may have. */
function callsOf(userDid: string, scale: number): ModelCallInput[] {
  const call = (changes: Partial<ModelCallInput>): ModelCallInput => ({
    ...{ userDid, appDid: `app-${userDid}`, model: 'big', status: 'success', durationMs: 1000 },
    ...{ startedAt: NOW_MS - DAY_MS, usage: { inputTokens: 1000, outputTokens: 100 } },
    ...changes,
  });
  return [
    // 60 calls of 0.0045 × scale dollars, of whose 1000 input tokens 800 were cached.
    ...Array.from({ length: 60 }, (_, index) =>
      call({
        startedAt: NOW_MS - 2 * DAY_MS - index * MINUTE_MS,
        usage: { inputTokens: 1000, outputTokens: 100, cachedInputTokens: 800 },
        cost: String(0.0045 * scale),
      }),
    ),
    // 6 failed calls of 0.01 × scale, each repeated after two seconds at 0.02 × scale.
    ...Array.from({ length: 6 }, (_, index) => [
      call({
        ...{ model: 'flaky', status: 'failed', errorReason: '503 SECRET', traceId: `t${index}` },
        startedAt: NOW_MS - DAY_MS + index * MINUTE_MS,
        cost: String(0.01 * scale),
      }),
      call({
        ...{ model: 'flaky', traceId: `t${index}` },
        startedAt: NOW_MS - DAY_MS + index * MINUTE_MS + 3000,
        cost: String(0.02 * scale),
      }),
    ]).flat(),
    // 20 calls of a project that is idle since day −15.
    ...Array.from({ length: 20 }, (_, index) =>
      call({
        ...{
          appDid: `idle-${userDid}`,
          model: 'flaky',
          startedAt: NOW_MS - (15 + index / 2) * DAY_MS,
        },
        cost: String(0.5 * scale),
      }),
    ),
  ];
}

const OPTIONS = {
  pricing: { prices: PRICES },
  advice: { alternatives: [{ model: 'small', insteadOf: 'big' }] },
  quota: staticQuota({
    entries: (userDid) => [
      {
        ...{ id: `grant-${userDid}`, kind: 'grant', amount: '100' },
        occurredAt: NOW_MS - 20 * DAY_MS,
        expiresAt: NOW_MS + 5 * DAY_MS,
      },
    ],
  }),
} as const;

const servers = await takeServers();

describe.each(servers)('advice on $name', (databaseServer) => {
  let host: TestUsage;
  let server: TestServer;
  const ask = async (user: string, query = ''): Promise<Advice> => {
    const { status, body } = await server.get<Advice>(`/advice${query}`, { user });
    expect(status).toBe(200);
    return body;
  };
  const find = (advice: Advice, kind: string): AdviceItem[] =>
    advice.items.filter(({ claim }) => claim.kind === kind);

  beforeAll(async () => {
    host = await createTestUsageOn(databaseServer, OPTIONS);
    await host.usage.calls.record([...callsOf('alice', 1), ...callsOf('bob', 7)]);
    server = await serveInKoa(host.usage);
  }, 60_000);
  afterAll(async () => {
    await server.close();
    await host.close();
  });

  const check = (advice: Advice): void => {
    expect(find(advice, 'failedCalls')).toMatchObject([
      { claim: { model: 'flaky', reason: 'server', failedCalls: 6, calls: 32, cost: '0.06' } },
    ]);
    expect(find(advice, 'retries')).toMatchObject([
      { claim: { appDid: 'app-alice', repeats: 6, failedRepeats: 0, calls: 12, cost: '0.12' } },
    ]);
    // 60 × 800 tokens × (3 − 0.3) millionths.
    expect(find(advice, 'cacheSavings')).toMatchObject([
      { claim: { coveredCalls: 60, calls: 60 }, saving: { amount: '0.1296', currency: 'USD' } },
    ]);
    // 60 × 0.0045 − 60 × (1000 × 0.25 + 100 × 1.25) millionths.
    expect(find(advice, 'priceDifference')).toMatchObject([
      { claim: { basis: 'measured', cost: '0.27' }, saving: { amount: '0.2475' } },
    ]);
    expect(find(advice, 'idleProjects')).toMatchObject([
      { claim: { appDid: 'idle-alice', calls: 20, cost: '10', idleDays: 15 }, saving: null },
    ]);
    // No credits are used: all of the grant expires.
    expect(find(advice, 'expiringGrants')).toMatchObject([
      { claim: { grantId: 'grant-alice', left: '100', unused: '100', dailyUse: '0' } },
    ]);
    expect(advice).toMatchObject({
      ...{ omitted: 0, unavailable: [] },
      basedOn: { calls: 92, callsRead: 92, truncated: false },
    });
    const text = JSON.stringify(advice);
    expect(text).not.toMatch(/bob|SECRET/);
  };

  test('says each kind with its figures, of the user alone', async () => {
    check(await ask('alice'));
  });

  test('says the same of rolled-up calls, with the same ids', async () => {
    const before = await ask('alice');
    await host.usage.rollup.run();
    const after = await ask('alice');
    check(after);
    expect(after.items.map(({ id }) => id)).toEqual(before.items.map(({ id }) => id));
    const [first] = (await ask('bob')).items;
    expect(before.items.map(({ id }) => id)).not.toContain(first?.id);
  });

  test('evidence lists exactly the calls that are counted', async () => {
    const [failures] = find(await ask('alice'), 'failedCalls');
    const [evidence] = failures?.evidence ?? [];
    expect(evidence).toMatchObject({ appDid: 'app-alice', status: 'failed', calls: 6 });
    const { appDid = '', model, status, from = '', to = '' } = evidence ?? {};
    const query = new URLSearchParams({ model: model ?? '', status: status ?? '', from, to });
    const { body } = await server.get<ProjectCalls>(
      `/projects/${encodeURIComponent(appDid)}/calls?${query.toString()}`,
      { user: 'alice' },
    );
    expect(body.total).toBe(6);
  });

  test('says nothing of a user without calls, and of a range without', async () => {
    const nothing = await ask('carol');
    expect(find(nothing, 'failedCalls')).toEqual([]);
    expect(nothing.items.map(({ claim }) => claim.kind)).toEqual([]);
    expect(nothing.basedOn).toMatchObject({ calls: 0, callsRead: 0, truncated: false });
    const before = await ask('alice', `?from=${NOW_MS - 90 * DAY_MS}&to=${NOW_MS - 80 * DAY_MS}`);
    expect(before.items.map(({ claim }) => claim.kind)).toEqual(['expiringGrants']);
  });

  test('reads no more calls than its limit, the newest', async () => {
    const database = openDatabase(host.config);
    try {
      const read = (limit: number, projects: string[] | null = null) =>
        readInSnapshot(database, (transaction) =>
          readRecentCalls(transaction, 'alice', {
            ...{ fromMs: 0, toMs: NOW_MS + 1, projects, limit },
          }),
        );
      const newest = await read(5);
      expect(newest.calls.map(({ model }) => model)).toEqual(Array(5).fill('flaky'));
      expect(newest).toMatchObject({ isTruncated: true });
      expect(Math.min(...newest.calls.map((call) => call.startedAtMs))).toBeGreaterThanOrEqual(
        newest.fromMs,
      );
      expect((await read(92)).isTruncated).toBe(false);
      const ofProjects = await read(25, ['idle-alice', 'app-bob', 'none']);
      expect(ofProjects.calls.map(({ appDid }) => appDid)).toEqual(Array(20).fill('idle-alice'));
      expect((await read(25, [])).calls).toEqual([]);
    } finally {
      await database.close();
    }
  });
});

describe('what cannot be looked at', () => {
  const CALLS = callsOf('alice', 1);

  async function askWith(options: Parameters<typeof createTestUsage>[0]): Promise<Advice> {
    const host = await createTestUsage(options);
    const server = await serveInKoa(host.usage);
    try {
      await host.usage.calls.record(CALLS);
      return (await server.get<Advice>('/advice', { user: 'alice' })).body;
    } finally {
      await server.close();
      await host.close();
    }
  }
  const kindsOf = ({ items }: Advice): string[] => items.map(({ claim }) => claim.kind);

  test('a provider that is down leaves out grants and nothing else', async () => {
    const down = (): Promise<never> => Promise.reject(new Error('down'));
    const advice = await askWith({ ...OPTIONS, quota: { getQuota: down, listLedger: down } });
    expect(kindsOf(advice)).toEqual([
      ...['failedCalls', 'retries', 'cacheSavings', 'priceDifference', 'idleProjects'],
    ]);
    expect(advice.unavailable).toEqual([{ kind: 'expiringGrants', reason: 'noAnswer' }]);
  });

  test('without options, what needs none is said', async () => {
    const advice = await askWith({});
    expect(kindsOf(advice)).toEqual(['failedCalls', 'retries', 'idleProjects']);
    expect(advice.unavailable).toEqual([
      { kind: 'cacheSavings', reason: 'noPrices' },
      { kind: 'priceDifference', reason: 'noPrices' },
      { kind: 'expiringGrants', reason: 'noProvider' },
    ]);
  });

  test('without alternatives there are no price differences', async () => {
    const advice = await askWith({ pricing: OPTIONS.pricing, quota: OPTIONS.quota });
    expect(kindsOf(advice)).not.toContain('priceDifference');
    expect(advice.unavailable).toEqual([{ kind: 'priceDifference', reason: 'noAlternatives' }]);
  });
});

test('the limit of calls that are looked at is the one that the documents name', () => {
  expect(MAX_CALLS_READ).toBe(10_000);
});
