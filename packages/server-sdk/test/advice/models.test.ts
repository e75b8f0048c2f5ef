import { describe, expect, test } from 'vitest';
import { findCacheSavings } from '../../src/advice/cache-savings.js';
import { createTokenRates } from '../../src/advice/list-prices.js';
import { findPriceDifferences } from '../../src/advice/price-difference.js';
import { genaiPrices } from '../../src/pricing/genai-prices.js';
import { priceTable } from '../../src/pricing/price-table.js';
import { NOW_MS } from '../helpers/create-test-usage.js';
import { PRICES, figuresOf, modelPeriod, recentCall } from '../helpers/advice-calls.js';

const key = (model: string, provider = ''): Parameters<ReturnType<typeof createTokenRates>>[0] => ({
  ...{ model, provider, type: 'chatCompletion' },
});

describe('list prices', () => {
  test('are found by what calls cost, exactly', () => {
    const find = createTokenRates([PRICES], 'USD', NOW_MS);
    expect(find(key('big'))).toEqual({
      ...{ input: 30_000_000_000n, cachedInput: 3_000_000_000n, cacheWrite: 37_500_000_000n },
      ...{ output: 150_000_000_000n, reasoning: 150_000_000_000n },
    });
  });

  test('a price for each call is not one of tokens', () => {
    const prices = priceTable({ name: 't', prices: [{ model: 'm', input: 2, call: 1 }] });
    const find = createTokenRates([prices], 'USD', NOW_MS);
    expect(find(key('m'))).toMatchObject({ input: 20_000_000_000n, output: 0n });
  });

  test('of the public list', () => {
    const find = createTokenRates([genaiPrices()], 'USD', Date.UTC(2026, 5, 1));
    expect(find(key('gpt-4o', 'openai'))).toMatchObject({
      ...{ input: 25_000_000_000n, cachedInput: 12_500_000_000n, output: 100_000_000_000n },
    });
    expect(find(key('unheard-of'))).toBeNull();
  });

  test.each([
    ['another currency', [priceTable({ name: 't', currency: 'EUR', prices: [{ model: 'm' }] })]],
    ['no source', []],
    [
      'a source that throws',
      [
        () => {
          throw new Error('down');
        },
      ],
    ],
  ])('are unknown with %s', (_, prices) => {
    expect(createTokenRates(prices, 'USD', NOW_MS)(key('m'))).toBeNull();
  });
});

describe('cache savings', () => {
  test('are reads × (3 − 0.3) − writes × (3.75 − 3) dollars a million', () => {
    // 100 calls read 8000 tokens and wrote 500: 800,000 × 2.7 − 50,000 × 0.75 millionths = 2.16 − 0.0375 = 2.1225.
    const big = figuresOf(100, {
      inputTokens: 10_000,
      cachedInputTokens: 8000,
      cacheWriteTokens: 500,
    });
    big.add(figuresOf(300));
    const [advice] = findCacheSavings(modelPeriod({ big }, [recentCall({ model: 'big' })]));
    expect(advice?.claim).toEqual({
      ...{ kind: 'cacheSavings', model: 'big', provider: null, type: 'chatCompletion' },
      ...{ cachedInputTokens: 800_000, cacheWriteTokens: 50_000, coveredCalls: 100, calls: 400 },
      netSaving: '2.1225',
    });
    expect(advice?.arithmetic).toEqual({
      unit: 'money',
      lines: [
        {
          ...{ operation: 'add', subject: null, amount: '2.16' },
          factors: [
            { name: 'cachedInputTokens', value: '800000', unit: 'tokens' },
            { name: 'readDiscount', value: '2.7', unit: 'moneyPerMillionTokens' },
          ],
        },
        {
          ...{ operation: 'subtract', subject: null, amount: '0.0375' },
          factors: [
            { name: 'cacheWriteTokens', value: '50000', unit: 'tokens' },
            { name: 'writeSurcharge', value: '0.75', unit: 'moneyPerMillionTokens' },
          ],
        },
      ],
      result: '2.1225',
    });
    expect(advice).toMatchObject({ assumption: 'cacheListPrice', evidence: [{ appDid: 'app' }] });
  });

  test('are negative where more was written than read', () => {
    // 20 × (100 × 2.7 − 1000 × 0.75) millionths = 20 × −480 = −0.0096.
    const big = figuresOf(20, { cachedInputTokens: 100, cacheWriteTokens: 1000 });
    expect(findCacheSavings(modelPeriod({ big }))[0]?.saving?.amount).toBe('-0.0096');
  });

  test.each([
    ['few calls', { big: figuresOf(19, { cachedInputTokens: 500 }) }],
    ['calls without cache fields', { big: figuresOf(1000) }],
    ['a model without a price', { unknown: figuresOf(100, { cachedInputTokens: 500 }) }],
    [
      'a model whose cached tokens cost the same',
      { flat: figuresOf(50, { cachedInputTokens: 9 }) },
    ],
  ])('nothing is said of %s', (_, models) => {
    expect(findCacheSavings(modelPeriod(models))).toEqual([]);
  });
});

describe('price differences', () => {
  const ALTERNATIVES = [{ model: 'small', provider: null, insteadOf: 'big' }];

  test('are what the calls cost − their tokens at the list price of the other', () => {
    // 100 calls of 0.0045 dollars: 0.45. Their 100,000 input and 10,000 output tokens cost 0.025 + 0.0125 = 0.0375.
    const big = figuresOf(100, { costE10: 45_000_000 });
    const [advice] = findPriceDifferences(modelPeriod({ big }), ALTERNATIVES);
    expect(advice?.claim).toEqual({
      ...{ kind: 'priceDifference', model: 'big', provider: null, type: 'chatCompletion' },
      ...{ alternative: 'small', calls: 100, cost: '0.45', basis: 'measured' },
      ...{ alternativeCost: '0.0375', p95: null },
    });
    expect(advice?.saving?.amount).toBe('0.4125');
    expect(advice?.arithmetic?.lines.map(({ operation, amount }) => [operation, amount])).toEqual([
      ['add', '0.45'],
      ['subtract', '0.025'],
      ['subtract', '0.0125'],
    ]);
  });

  test('at list price where a cost is unknown, each token once', () => {
    // 60 calls: 600 plain × 3 + 400 cached × 0.3 + 100 output × 15 = 3420 millionths, 0.2052 in all;
    // with the other, which has no price of cached tokens: 1000 × 0.25 + 100 × 1.25 = 375 millionths, 0.0225 in all.
    const big = figuresOf(60, { cachedInputTokens: 400 });
    const [advice] = findPriceDifferences(modelPeriod({ big }), ALTERNATIVES);
    expect(advice?.claim).toMatchObject({
      basis: 'list',
      cost: '0.2052',
      alternativeCost: '0.0225',
    });
    expect(advice?.saving?.amount).toBe('0.1827');
  });

  test('say how the 95th percentile changes where both have twenty samples', () => {
    const models = { big: figuresOf(50), small: figuresOf(20, { durationUs: 500_000 }) };
    const claims = findPriceDifferences(modelPeriod(models), ALTERNATIVES).map(
      ({ claim }) => claim,
    );
    expect(claims).toMatchObject([
      { p95: { modelMs: 2000, alternativeMs: 500, modelSamples: 50, alternativeSamples: 20 } },
    ]);
    const fewer = { ...models, small: figuresOf(19) };
    expect(findPriceDifferences(modelPeriod(fewer), ALTERNATIVES)[0]?.claim).toMatchObject({
      p95: null,
    });
  });

  test.each([
    ['few calls', { big: figuresOf(49) }, ALTERNATIVES],
    ['no alternative', { big: figuresOf(100) }, []],
    ['an alternative to others', { small: figuresOf(100) }, ALTERNATIVES],
    [
      'a dearer alternative',
      { small: figuresOf(100) },
      [{ model: 'big', provider: null, insteadOf: 'small' }],
    ],
    [
      'an alternative without a price',
      { big: figuresOf(100) },
      [{ model: 'x', provider: null, insteadOf: 'big' }],
    ],
    [
      'neither a cost nor a price',
      { x: figuresOf(100) },
      [{ model: 'small', provider: null, insteadOf: 'x' }],
    ],
  ])('nothing is said with %s', (_, models, alternatives) => {
    expect(findPriceDifferences(modelPeriod(models as never), alternatives)).toEqual([]);
  });
});
