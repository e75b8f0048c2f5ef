import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCredits, parseCredits, roundCredits } from './credits.js';

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

describe('roundCredits', () => {
  test.each([
    [0.1, 10_000_000n],
    [0.1 * 3, 30_000_000n],
    [1e-8, 1n],
    [1.5e-7, 15n],
    [1e-9, 0n],
    [0.017707200000000003, 1_770_720n],
    [1e21, 10n ** 29n],
    [-0, 0n],
    [-0.5, -50_000_000n],
    [7n, 700_000_000n],
    ['0.000000005', 0n],
    ['0.000000015', 2n],
    ['0.0000000150001', 2n],
    ['0.000000025', 2n],
    ['-0.000000015', -2n],
    ['1e3', 100_000_000_000n],
    ['+5', 500_000_000n],
    ['.5', 50_000_000n],
    [' 1. ', 100_000_000n],
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
        const twiceOff = 2n * ((roundCredits(text) ?? 0n) * 10n ** 22n - exact);
        expect(twiceOff <= 10n ** 22n && twiceOff >= -(10n ** 22n)).toBe(true);
        const parsed = parseCredits(text);
        if (parsed !== null) expect(roundCredits(text)).toBe(parsed);
      }),
    );
  });
});

test('zero has one form', () => {
  expect(formatCredits(0n)).toBe('0');
  expect(formatCredits(-1n)).toBe('-0.00000001');
});
