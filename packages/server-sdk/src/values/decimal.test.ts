import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDecimal, parseDecimal } from './decimal.js';
import { isDecimals, parseBaseUnits } from './base-units.js';

test.each([
  ['10000000000', 10, '1'],
  ['1', 10, '0.0000000001'],
  ['-1', 10, '-0.0000000001'],
  ['5', 0, '5'],
  ['-5', 0, '-5'],
  ['0', 18, '0'],
  ['1500000000000000000', 18, '1.5'],
  ['1234567890123456789012345678901234567890', 10, '123456789012345678901234567890.123456789'],
  ['1234567890123456789012345678901234567890', 0, '1234567890123456789012345678901234567890'],
  ['1234567890123456789012345678901234567890', 18, '1234567890123456789012.34567890123456789'],
])('%s base units with %i decimals are %s', (units, decimals, decimal) => {
  expect(formatDecimal(BigInt(units), decimals)).toBe(decimal);
  expect(parseDecimal(decimal, decimals)).toBe(BigInt(units));
});

test.each([
  undefined,
  null,
  '',
  'abc',
  '0x10',
  '1.5',
  '1e3',
  ' 1',
  '+1',
  '1'.repeat(79),
  1.5,
  2 ** 53,
])('%j is not a number of base units', (value) => {
  expect(parseBaseUnits(value)).toBeNull();
});

test('exact numbers are taken as they are', () => {
  expect(parseBaseUnits(42)).toBe(42n);
  expect(parseBaseUnits('-7')).toBe(-7n);
});

test.each([
  ['1.5', 0],
  ['0.12345678901', 10],
  ['1e-7', 10],
  ['', 10],
])('%s has no exact form with %i decimals', (text, decimals) => {
  expect(parseDecimal(text, decimals)).toBeNull();
});

test('zero decimals are decimals, a missing or absurd number is not', () => {
  expect([0, 10, 18, undefined, null, -1, 1.5, 400, '10'].map(isDecimals)).toEqual([
    true,
    true,
    true,
    ...Array<boolean>(6).fill(false),
  ]);
});

test('there and back again changes nothing', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
      fc.nat(36),
      (units, decimals) => {
        expect(parseDecimal(formatDecimal(units, decimals), decimals)).toBe(units);
      },
    ),
  );
});
