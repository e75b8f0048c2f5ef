import * as module from '@pydantic/genai-prices';
import { expect, test } from 'vitest';
import { genaiPrices } from './genai-prices.js';
import type { CallToPrice } from './price-source.js';

const CALL: CallToPrice = {
  ...{ model: 'gpt-4o', provider: 'openai', type: 'chatCompletion', status: 'success' },
  ...{ startedAt: new Date('2026-06-01T00:00:00Z'), inputTokens: 1000, outputTokens: 100 },
  ...{ cachedInputTokens: 300, cacheWriteTokens: null, reasoningTokens: null },
  ...{ units: null, serviceTier: null },
};
const price = genaiPrices();
const costOf = (call: Partial<CallToPrice>): unknown => price({ ...CALL, ...call })?.cost ?? null;

test('the list prices of the package, with the version of the package', () => {
  // 700 × 2.5 + 300 × 1.25 + 100 × 10 millionths.
  expect(price(CALL)).toEqual({
    cost: 0.003125,
    currency: 'USD',
    table: expect.stringMatching(/^genai-prices@\d+\.\d+\.\d+$/) as string,
  });
});

test('a price that changed is that of the time of the call', () => {
  const call = { model: 'o3', cachedInputTokens: null, inputTokens: 1_000_000, outputTokens: 0 };
  // OpenAI lowered it from 10 to 2 dollars on 2025-06-10.
  expect(costOf({ ...call, startedAt: new Date('2025-06-01T00:00:00Z') })).toBe(10);
  expect(costOf({ ...call, startedAt: new Date('2025-06-20T00:00:00Z') })).toBe(2);
});

test('long contexts have the price of their tier', () => {
  const call = { model: 'gemini-2.5-pro', provider: 'google', cachedInputTokens: null };
  expect(costOf({ ...call, inputTokens: 100_000, outputTokens: 0 })).toBe(0.125);
  expect(costOf({ ...call, inputTokens: 300_000, outputTokens: 0 })).toBe(0.75);
});

test.each([
  ['an unknown model', { model: 'unheard-of-model' }],
  ['an unknown provider', { provider: '17' }],
  ['unknown tokens', { inputTokens: null, outputTokens: null }],
  ['unknown output', { outputTokens: null }],
  ['a tier whose price is not named', { serviceTier: 'batch' }],
  ['images', { type: 'imageGeneration', inputTokens: null, outputTokens: null, units: 1 }],
] as const)('%s has no price, now and again', (_, call) => {
  expect(costOf(call)).toBeNull();
  expect(costOf(call)).toBeNull();
});

test('a named tier costs its part', () => {
  const withBatch = genaiPrices({ serviceTiers: { batch: 0.5 } });
  expect(withBatch({ ...CALL, serviceTier: 'batch' })?.cost).toBe(0.001_562_5);
});

test('names of providers can be translated', () => {
  const translated = genaiPrices({
    provider: ({ provider }) => (provider === '17' ? 'openai' : null),
  });
  expect(translated({ ...CALL, provider: '17' })?.cost).toBe(0.003_125);
});

test('the package can be handed over, with its version', () => {
  expect(genaiPrices({ module, version: '9.9.9' })(CALL)?.table).toBe('genai-prices@9.9.9');
  expect(() => genaiPrices({ module })).toThrow('genaiPrices.version is required');
});
