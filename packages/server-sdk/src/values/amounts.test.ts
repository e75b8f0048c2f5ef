import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatE10, joinCredits, parseCredits, roundCredits, splitCredits } from './amounts.js';

describe('parseCredits', () => {
  test.each([
    ['0', 0n],
    ['1', 10000000000n],
    ['0.00000001', 100n],
    ['12.5', 125000000000n],
    ['-0.1', -1000000000n],
    ['0.10000000000000', 1000000000n],
    [
      '1234567890123456789012345678901234567890',
      12345678901234567890123456789012345678900000000000n,
    ],
  ])('reads %s', (text, units) => {
    expect(parseCredits(text)).toBe(units);
  });

  test.each(['', '.5', '5.', '1e3', '0x10', ' 1', '+1', '0.00000000001', '1,5', 'NaN', '１'])(
    'refuses %j',
    (text) => {
      expect(parseCredits(text)).toBeNull();
    },
  );

  test('reads back what it writes, for any amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 48n), max: 10n ** 48n }), (units) => {
        expect(parseCredits(formatE10(units))).toBe(units);
      }),
    );
  });
});

describe('roundCredits', () => {
  test.each([
    [0.1, 1000000000n],
    [0.1 * 3, 3000000000n],
    [1e-8, 100n],
    [1.5e-7, 1500n],
    [1e-9, 0n],
    [0.017707200000000003, 177072000n],
    [1e21, 10n ** 31n],
    [-0, 0n],
    [-0.5, -5000000000n],
    [7n, 70000000000n],
    ['0.000000005', 0n],
    ['0.000000015', 200n],
    ['0.0000000150001', 200n],
    ['0.000000025', 200n],
    ['-0.000000015', -200n],
    ['1e3', 10000000000000n],
    ['+5', 50000000000n],
    ['.5', 5000000000n],
    [' 1. ', 10000000000n],
  ])('takes %s by its shortest decimal form, half to even', (credits, units) => {
    expect(roundCredits(credits)).toBe(units);
  });

  test.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '',
    '.',
    '-',
    'e5',
    '0x10',
    '1,5',
    '1e99999',
    '9'.repeat(401),
  ])('%s is no amount', (credits) => {
    expect(roundCredits(credits)).toBeNull();
  });

  test('is never more than half a unit away, and the same as parseCredits where that reads', () => {
    const digits = fc.stringMatching(/^\d{1,20}\.\d{1,30}$/);
    fc.assert(
      fc.property(digits, (text) => {
        const [whole = '', fraction = ''] = text.split('.');
        const exact = BigInt(whole + fraction.padEnd(30, '0'));
        const twiceOff = 2n * ((roundCredits(text) ?? 0n) * 10n ** 20n - exact);
        expect(twiceOff <= 10n ** 22n && twiceOff >= -(10n ** 22n)).toBe(true);
        const parsed = parseCredits(text);
        if (parsed !== null) expect(roundCredits(text, 10)).toBe(parsed);
      }),
    );
  });
});

test('zero has one form', () => {
  expect(formatE10(0n)).toBe('0');
  expect(formatE10(-100n)).toBe('-0.00000001');
});

test('ten decimals are kept where they are asked for', () => {
  expect(roundCredits('0.0000000005', 10)).toBe(5n);
  expect(roundCredits('0.00000000025', 10)).toBe(2n);
  expect(formatE10(5n)).toBe('0.0000000005');
});

test('an amount of any size is what its columns hold', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (units) => {
      const { creditsE8, creditsRestE10 } = splitCredits(units);
      expect(BigInt(joinCredits(creditsE8, creditsRestE10))).toBe(units);
      expect(creditsRestE10 === null || (creditsRestE10 > 0 && creditsRestE10 < 100)).toBe(true);
    }),
  );
  expect(joinCredits(90_071_992_547_409, 7)).toBe(9_007_199_254_740_907);
  expect(joinCredits(90_071_992_547_410, 7)).toBe(9_007_199_254_741_007n);
});
