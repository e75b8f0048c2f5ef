import { describe, expect, it } from 'vitest';
import { createFormatters } from './intl-cache.js';
import {
  formatMoney,
  formatMoneyCompact,
  formatMoneyExact,
  formatMoneyShort,
  formatMoneyTick,
  multiplyDecimals,
  toRate,
} from './money.js';

const en = createFormatters('en');
const usd = (amount: string): { amount: string; currency: string } => ({ amount, currency: 'USD' });

describe('formatMoney', () => {
  it.each([
    ['0', '$0.00'],
    ['0.0000000000', '$0.00'],
    ['0.000328', '$0.000328'],
    ['0.0000000041', '$0.0000000041'],
    ['0.0031', '$0.0031'],
    ['0.42', '$0.4200'],
    ['1.005', '$1.01'],
    ['1234567.891', '$1,234,567.89'],
    ['-12.5', '−$12.50'],
  ])('writes %s as %s', (amount, text) => {
    expect(formatMoney(en, usd(amount))).toBe(text);
  });

  it('follows the language and the digits of the currency', () => {
    expect(formatMoney(createFormatters('zh'), usd('12.5'))).toBe('US$12.50');
    expect(formatMoney(en, { amount: '1234.4', currency: 'JPY' })).toBe('¥1,234');
  });

  it('is exact where a binary number is not', () => {
    expect(formatMoneyExact(en, usd('90071992547409.9312345678'))).toBe(
      '$90,071,992,547,409.9312345678',
    );
    expect(formatMoneyExact(en, usd('3'))).toBe('$3.00');
  });

  it('is short on a card, in a column and on an axis', () => {
    expect(formatMoneyCompact(en, usd('99999.4'))).toBe('$99,999.40');
    expect(formatMoneyCompact(en, usd('1234567'))).toBe('$1.23M');
    expect(formatMoneyShort(en, usd('88121'))).toBe('$88.1K');
    expect(formatMoneyShort(en, usd('8.25'))).toBe('$8.25');
    expect(formatMoneyTick(en, 0.05, 'USD')).toBe('$0.05');
    expect(formatMoneyTick(en, 250, 'USD')).toBe('$250');
    expect(formatMoneyTick(en, 25_000, 'USD')).toBe('$25K');
  });
});

describe('multiplyDecimals', () => {
  it.each([
    ['0.000328', '0.92', '0.00030176'],
    ['12', '3', '36'],
    ['-1.5', '0.5', '-0.75'],
    ['90071992547409.9312345678', '0.92', '82866233143617.136735802376'],
  ])('%s times %s is %s', (a, b, product) => {
    expect(multiplyDecimals(a, b)).toBe(product);
  });
});

describe('toRate', () => {
  const RIGHT = { currency: 'EUR', rate: '0.92', date: '2026-11-28' };

  it('reads a rate as digits, of a number too, from dollars unless the host says otherwise', () => {
    expect(toRate(RIGHT)).toEqual({ ...RIGHT, from: 'USD', date: new Date('2026-11-28') });
    expect(toRate({ ...RIGHT, rate: 0.92, from: 'GBP' })).toMatchObject({
      rate: '0.920000000000',
      from: 'GBP',
    });
  });

  it.each([
    undefined,
    null,
    'EUR',
    {},
    { ...RIGHT, currency: 'euro' },
    { ...RIGHT, rate: 0 },
    { ...RIGHT, rate: -1 },
    { ...RIGHT, rate: Infinity },
    { ...RIGHT, rate: '0.92e3' },
    { ...RIGHT, rate: { toString: () => '0.92' } },
    { ...RIGHT, date: 'yesterday' },
    { ...RIGHT, date: '2026-13-40' },
    { ...RIGHT, from: 'us dollar' },
  ])('is none where it cannot be used: %j', (setting) => {
    expect(toRate(setting)).toBeNull();
  });
});
