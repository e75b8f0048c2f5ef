import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CallToPrice } from './price-source.js';
import { priceTable, type PriceTableEntry } from './price-table.js';

function price(entries: readonly PriceTableEntry[], call: Partial<CallToPrice>): unknown {
  const prices = priceTable({ name: 'acme@7', currency: 'USD', prices: entries });
  return prices({
    ...{ model: 'm', provider: null, type: 'chatCompletion', status: 'success' },
    ...{ startedAt: new Date('2026-06-01T00:00:00Z'), inputTokens: null, outputTokens: null },
    ...{ cachedInputTokens: null, cacheWriteTokens: null, reasoningTokens: null },
    ...{ units: null, serviceTier: null },
    ...call,
  });
}

const costOf = (entries: readonly PriceTableEntry[], call: Partial<CallToPrice>): unknown =>
  (price(entries, call) as { cost: string } | null)?.cost ?? null;

const FULL: PriceTableEntry = {
  ...{ model: 'm', input: '3', cachedInput: '0.3', cacheWrite: '3.75', output: '15' },
};

test('each part of the tokens has a price', () => {
  // 500 × 3 + 300 × 0.3 + 200 × 3.75 + 100 × 15 millionths.
  const call = {
    ...{ inputTokens: 1000, cachedInputTokens: 300, cacheWriteTokens: 200, outputTokens: 100 },
    reasoningTokens: 40,
  };
  expect(price([FULL], call)).toEqual({ cost: '0.00384', table: 'acme@7', currency: 'USD' });
  expect(costOf([{ ...FULL, reasoning: '60' }], call)).toBe('0.00564');
});

test('cached tokens without a price cost as much as others', () => {
  const call = { inputTokens: 1000, cachedInputTokens: 1000, outputTokens: 0 };
  expect(costOf([{ model: 'm', input: 2, output: 8 }], call)).toBe('0.002');
});

test.each([
  ['an unknown model', [FULL], { model: 'other', inputTokens: 1, outputTokens: 1 }, null],
  ['unknown input', [FULL], { outputTokens: 1 }, null],
  ['a free model, whose tokens are unknown', [{ model: 'm', input: 0, output: 0 }], {}, '0'],
  ['a call without prices of tokens', [{ model: 'm', call: '0.01' }], {}, '0.01'],
  ['images', [{ model: 'm', unit: '0.04' }], { units: 3 }, '0.12'],
  ['seconds', [{ model: 'm', unit: '0.006' }], { units: 1.5 }, '0.009'],
  ['unknown images', [{ model: 'm', unit: '0.04' }], {}, null],
  ['the beginning of a name', [{ model: 'gpt-5*', call: 1 }], { model: 'gpt-5-mini' }, '1'],
  ['another provider', [{ model: 'm', provider: 'a', call: 1 }], { provider: 'b' }, null],
  [
    'a half, rounded to even',
    [{ model: 'm', input: '0.0001' }],
    { inputTokens: 5 },
    '0.0000000005',
  ],
] as const)('%s', (_, entries, call, cost) => {
  expect(costOf(entries, call)).toBe(cost);
});

test('a call has the price of the time when it started', () => {
  const entries = [
    { model: 'm', call: '2', from: '2026-06-01T00:00:00Z' },
    { model: 'm', call: '1', to: '2026-06-01T00:00:00Z' },
  ];
  expect(costOf(entries, { startedAt: new Date('2026-05-31T23:59:59.999Z') })).toBe('1');
  expect(costOf(entries, { startedAt: new Date('2026-06-01T00:00:00Z') })).toBe('2');
});

test('a tier counts for all tokens of the call', () => {
  const entries = [{ ...FULL, tiers: [{ inputTokensAbove: 200_000, input: '6', output: '22.5' }] }];
  expect(costOf(entries, { inputTokens: 200_000, outputTokens: 0 })).toBe('0.6');
  expect(costOf(entries, { inputTokens: 200_001, outputTokens: 0 })).toBe('1.200006');
});

test('a batch has its own price, or none', () => {
  const batch = { ...FULL, serviceTier: 'batch', input: '1.5', output: '7.5' };
  const call = { inputTokens: 1000, outputTokens: 0, serviceTier: 'batch' };
  expect(costOf([FULL, batch], call)).toBe('0.0015');
  expect(costOf([FULL], call)).toBeNull();
});

test('the cost is the exact sum', () => {
  const tokens = fc.nat(2_000_000);
  const micros = fc.nat(100_000_000);
  fc.assert(
    fc.property(tokens, tokens, micros, micros, (input, output, inputE6, outputE6) => {
      const entry = { model: 'm', input: inputE6 / 1e6, output: outputE6 / 1e6 };
      const units = BigInt(input) * BigInt(inputE6) + BigInt(output) * BigInt(outputE6);
      const [whole = '0', fraction = ''] = String(
        costOf([entry], { inputTokens: input, outputTokens: output }),
      ).split('.');
      const cost = BigInt(whole + fraction.padEnd(10, '0'));
      // The product has twelve decimals, the cost ten.
      const distance = units - cost * 100n;
      expect(distance <= 50n && distance >= -50n).toBe(true);
    }),
  );
});

test.each([
  [{ model: '' }, 'prices[0].model must be the name of a model'],
  [{ model: 'm', input: 'x' }, 'prices[0].input must be a price from 0'],
  [{ model: 'm', input: -1 }, 'prices[0].input must be a price from 0'],
  [{ model: 'm', from: 'May' }, 'prices[0].from must be an RFC 3339 instant'],
  [{ model: 'm', inputs: 1 }, 'prices[0].inputs: unknown option inputs; did you mean input?'],
])('%j is refused', (entry, message) => {
  expect(() => price([entry as PriceTableEntry], {})).toThrow(message);
});
