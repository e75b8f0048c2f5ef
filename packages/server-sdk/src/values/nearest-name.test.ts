import { expect, test } from 'vitest';
import { toHint, findNearestName } from './nearest-name.js';
import { requireKnownKeys } from './require-known-keys.js';

const FIELDS = ['retention', 'durationMs', 'ttfbMs', 'inputTokens', 'userDid'];

test.each([
  ['retension', 'retention'],
  ['duration', 'durationMs'],
  ['user_did', 'userDid'],
  ['inputToken', 'inputTokens'],
  ['INPUT-TOKENS', 'inputTokens'],
  ['price', null],
  ['', null],
  ['x'.repeat(10_000), null],
])('%j is nearest to %j', (name, nearest) => {
  expect(findNearestName(name, FIELDS)).toBe(nearest);
});

test('without a near one the hint lists all', () => {
  expect(toHint('price', ['credits', 'units'])).toBe('; use credits, units');
  expect(toHint('credit', ['credits', 'units'])).toBe('; did you mean credits?');
});

test('members that are not known are refused by their path', () => {
  expect(() => {
    requireKnownKeys({ retension: 1 }, FIELDS);
  }).toThrow('retension: unknown option retension; did you mean retention?');
  expect(() => {
    requireKnownKeys({ cron: '', retrys: 1 }, ['cron', 'retries'], 'rollup');
  }).toThrow('rollup.retrys: unknown option retrys; did you mean retries?');
  expect(() => {
    requireKnownKeys({ constructor: 1 }, FIELDS);
  }).toThrow('constructor');
});
