import { createUsage, genaiPrices, priceTable } from '@usage-kit/server-sdk';

const usage = createUsage({
  database: 'sqlite:./usage.db',
  authenticate: () => null,
  pricing: {
    prices: [
      // Your own prices, of a million tokens, before those of the public list.
      priceTable({ name: 'acme-2026-11', prices: [{ model: 'acme-*', input: '2', output: '10' }] }),
      genaiPrices(),
    ],
  },
});
await usage.migrate();
await usage.calls.record({
  ...{ userDid: 'did:abt:alice', model: 'gpt-4o', provider: 'openai', status: 'success' },
  startedAt: new Date(),
  usage: { inputTokens: 1000, cachedInputTokens: 300, outputTokens: 100 },
});
const { cost, currency } = await usage.stats.getAggregatedStats(
  ...(['did:abt:alice', null, Date.now() - 60_000, Date.now() + 60_000] as const),
);
process.stdout.write(`${cost} ${currency}\n`); // 0.003125 USD
await usage.stop();
