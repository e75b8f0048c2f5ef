import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { creditsFromNumber, formatCredits, parseCredits } from './credits.js';

describe('parseCredits', () => {
  test.each([
    ['0', 0n],
    ['1', 100_000_000n],
    ['0.00000001', 1n],
    ['12.5', 1_250_000_000n],
    ['-0.1', -10_000_000n],
    ['0.10000000000000', 10_000_000n],
    ['1234567890123456789012345678901234567890', 123456789012345678901234567890123456789000000000n],
  ])('reads %s', (text, units) => {
    expect(parseCredits(text)).toBe(units);
  });

  test.each(['', '.5', '5.', '1e3', '0x10', ' 1', '+1', '0.000000001', '1,5', 'NaN', '１'])(
    'refuses %j',
    (text) => {
      expect(parseCredits(text)).toBeNull();
    },
  );

  test('reads back what it writes, for any amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 48n), max: 10n ** 48n }), (units) => {
        expect(parseCredits(formatCredits(units))).toBe(units);
      }),
    );
  });
});

describe('creditsFromNumber', () => {
  test.each([
    [0.1, 10_000_000n],
    [0.1 + 0.2, null],
    [1e-8, 1n],
    [1.5e-7, 15n],
    [1e-9, null],
    [1e21, 10n ** 29n],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    [-0, 0n],
  ])('takes %d by its shortest decimal form', (credits, units) => {
    expect(creditsFromNumber(credits)).toBe(units);
  });
});

test('zero has one form', () => {
  expect(formatCredits(0n)).toBe('0');
  expect(formatCredits(-1n)).toBe('-0.00000001');
});
