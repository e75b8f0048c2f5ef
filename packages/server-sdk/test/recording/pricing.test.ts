import { describe, expect, test } from 'vitest';
import {
  genaiPrices,
  priceTable,
  type ModelCallInput,
  type Overview,
  type ProjectCalls,
  type RepriceReport,
} from '../../src/index.js';
import {
  NOW_MS,
  createTestUsageOn,
  openTestUsage,
  serveInKoa,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';

const HOUR_MS = 3_600_000;
const FROM_MS = NOW_MS - 240 * HOUR_MS;
const ACME = priceTable({
  name: 'acme@1',
  prices: [
    { model: 'acme-large', input: '2', output: '10' },
    { model: 'acme-free', input: 0, output: 0 },
    { model: 'acme-euro', call: 1 },
  ],
});

function call(id: string, rest: Partial<ModelCallInput> = {}): ModelCallInput {
  return {
    ...{ id, userDid: 'alice', appDid: 'app', model: 'acme-large', status: 'success' },
    startedAt: NOW_MS - 3 * HOUR_MS,
    usage: { inputTokens: 1000, outputTokens: 100 },
    ...rest,
  };
}

const CALLS: ModelCallInput[] = [
  call('priced'),
  call('listed', { model: 'gpt-4o', provider: 'openai' }),
  call('reported', { cost: '0.5', costSource: 'reported' }),
  call('free', { model: 'acme-free' }),
  call('unknown', { model: 'unheard-of-model' }),
  call('failed', { status: 'failed', usage: null }),
  call('open', { status: 'processing' }),
  call('euro', { cost: '7', currency: 'EUR' }),
];

describe.each(await takeServers())('prices on $name', (server) => {
  async function withUsage(
    options: Parameters<typeof createTestUsageOn>[1],
    work: (
      host: TestUsage,
      read: () => Promise<{
        overview: Overview;
        calls: Map<string, ProjectCalls['items'][number]>;
      }>,
    ) => Promise<void>,
  ): Promise<void> {
    const host = await createTestUsageOn(server, options);
    const http = await serveInKoa(host.usage);
    try {
      await work(host, async () => {
        const range = `from=${FROM_MS}&to=${NOW_MS}`;
        const overview = await http.get<Overview>(`/overview?${range}`, { user: 'alice' });
        const page = await http.get<ProjectCalls>(`/projects/app/calls?${range}`, {
          user: 'alice',
        });
        return {
          overview: overview.body,
          calls: new Map(page.body.items.map((item) => [item.id, item])),
        };
      });
    } finally {
      await http.close();
      await host.close();
    }
  }

  test('calls are priced when they are recorded, and sums are exact', async () => {
    const pricing = { prices: [ACME, genaiPrices()], creditsPerUnit: '100' };
    await withUsage({ pricing }, async ({ usage }, read) => {
      await usage.calls.record(CALLS);
      await usage.rollup.run();
      const { overview, calls } = await read();
      // 0.003 by the host's table, 0.0035 by the list, 0.5 reported and 0 of the free model.
      expect(overview.totals).toMatchObject({
        ...{ cost: '0.5065', currency: 'USD', unpricedCalls: 3 },
        // Of the cost, a hundred a dollar.
        credits: '50.65',
      });
      const costs = [...calls.values()].map(({ id, cost, currency, costSource, priceTable }) => [
        ...[id, cost, currency, costSource],
        priceTable?.replace(/\d+\.\d+\.\d+/, 'X') ?? null,
      ]);
      expect(costs.sort()).toEqual([
        ['euro', '7', 'EUR', 'host', null],
        ['failed', null, null, 'unknown', null],
        ['free', '0', 'USD', 'priced', 'acme@1'],
        ['listed', '0.0035', 'USD', 'priced', 'genai-prices@X'],
        ['open', null, null, 'unknown', null],
        ['priced', '0.003', 'USD', 'priced', 'acme@1'],
        ['reported', '0.5', 'USD', 'reported', null],
        ['unknown', null, null, 'unknown', null],
      ]);
    });
  });

  test('a price function that throws, or gives no amount, costs the price and not the call', async () => {
    const prices = ({ model }: { model: string }): { cost: string } => {
      if (model === 'acme-free') throw new Error('out of order');
      return { cost: 'a lot' };
    };
    await withUsage({ pricing: { prices } }, async ({ usage }, read) => {
      const { warnings } = await usage.calls.record([call('a'), call('b', { model: 'acme-free' })]);
      expect(warnings).toBe(2);
      expect((await read()).overview.totals).toMatchObject({
        calls: 2,
        cost: null,
        unpricedCalls: 2,
      });
    });
  });

  test('a range is priced again, first dry', async () => {
    await withUsage({}, async (host, read) => {
      await host.usage.calls.record(CALLS);
      await host.usage.rollup.run();
      expect((await read()).overview.totals).toMatchObject({ cost: '0.5', unpricedCalls: 6 });

      const priced = openTestUsage({
        ...{ database: host.config, clock: host.clock },
        pricing: { prices: ACME, creditsPerUnit: 100 },
      });
      const range = { from: FROM_MS, to: NOW_MS };
      const report: RepriceReport = await priced.reprice(range, { dryRun: true });
      expect(report).toEqual({
        ...{ dryRun: true, calls: 5, changedCalls: 2, unpricedBefore: 5, unpricedAfter: 3 },
        ...{ before: {}, after: { USD: '0.003' } },
        models: [
          { model: 'acme-free', provider: null, calls: 1, before: {}, after: { USD: '0' } },
          { model: 'acme-large', provider: null, calls: 1, before: {}, after: { USD: '0.003' } },
        ],
      });
      expect((await read()).overview.totals.cost).toBe('0.5');

      expect(await priced.reprice(range)).toEqual({ ...report, dryRun: false });
      expect((await read()).overview.totals).toMatchObject({
        ...{ cost: '0.503', unpricedCalls: 4, credits: '0.3' },
      });
      await priced.rollup.run();
      expect((await read()).overview.totals.cost).toBe('0.503');
      expect((await priced.rollup.verify(range)).differences).toEqual([]);
      expect((await priced.reprice(range)).changedCalls).toBe(0);

      // The new price, also of the call that failed, and credits with it.
      const dearer = openTestUsage({
        ...{ database: host.config, clock: host.clock },

        pricing: {
          prices: priceTable({ name: 'acme@2', prices: [{ model: 'acme-large', call: 2 }] }),
          creditsPerUnit: 100,
        },
      });
      expect(await dearer.reprice({ ...range, userDid: 'bob' })).toMatchObject({ calls: 0 });
      expect(await dearer.reprice({ ...range, userDid: 'alice' })).toMatchObject({
        changedCalls: 2,
      });
      expect((await read()).overview.totals).toMatchObject({ cost: '4.5', credits: '400' });
      await priced.stop();
      await dearer.stop();
    });
  });
});
