import { describe, expect, it } from 'vitest';
import { toPointChange, toRelativeChange } from './change.js';
import {
  divideDecimal,
  formatCredits,
  formatCreditsCompact,
  formatCreditsExact,
  formatCreditsSigned,
  isZeroCredits,
} from './credits.js';
import { formatAge } from './age.js';
import { formatClock, formatTimeZone } from './clock.js';
import { formatBucket } from './date.js';
import { formatDuration, formatDurationTick } from './duration.js';
import { createFormatters, toValidTimeZone } from './intl-cache.js';
import { formatCompact, formatCount, formatRatio } from './number.js';

const en = createFormatters('en');
const zh = createFormatters('zh-CN');

describe('credits', () => {
  it.each([
    ['8412.56187945', '8,412.56'],
    ['0', '0'],
    ['0.00000000', '0'],
    ['0.0438', '0.0438'],
    ['0.5', '0.5000'],
    ['0.00001234', '0.000012'],
    ['12345678901234567890.129', '12,345,678,901,234,567,890.13'],
    ['-3', '−3.00'],
  ])('shows %s as %s', (credits, text) => {
    expect(formatCredits(en, credits)).toBe(text);
  });

  it('keeps every digit where a binary number would not', () => {
    expect(formatCreditsExact(en, '90071992547409930.12345678')).toBe(
      '90,071,992,547,409,930.12345678',
    );
  });

  it('shortens from six digits', () => {
    expect(formatCreditsCompact(en, '99999.5')).toBe('99,999.50');
    expect(formatCreditsCompact(en, '1234567.5')).toBe('1.23M');
    expect(formatCreditsCompact(zh, '1234567.5')).toBe('123万');
  });

  it('signs with a plus and a real minus', () => {
    expect(formatCreditsSigned(en, '12.5')).toBe('+12.50');
    expect(formatCreditsSigned(en, '-3')).toBe('−3.00');
    expect(formatCreditsSigned(en, '0')).toBe('0');
  });

  it('shares out without a binary number', () => {
    expect(divideDecimal('463.71', 51_677)).toBe('0.00897323');
    expect(divideDecimal('-1', 3)).toBe('-0.33333333');
    expect(divideDecimal('90071992547409930.12345678', 1)).toBe('90071992547409930.12345678');
    expect(divideDecimal('5', 0)).toBeNull();
  });

  it('knows zero in every notation', () => {
    expect(['0', '0.00', '-0', null].every(isZeroCredits)).toBe(true);
    expect(['0.00000001', '-1'].some(isZeroCredits)).toBe(false);
  });
});

describe('numbers', () => {
  it('shows all digits up to 99,999 and three after', () => {
    expect(formatCompact(en, 99_999)).toBe('99,999');
    expect(formatCompact(en, 184_213)).toBe('184K');
    expect(formatCompact(zh, 1_842_130)).toBe('184万');
    expect(formatCount(en, 1_842_130)).toBe('1,842,130');
  });

  it.each([
    [1, '100%'],
    [0, '0%'],
    [0.99996, '99.9%'],
    [0.853, '85.3%'],
  ])('shows the ratio %s as %s', (ratio, text) => {
    expect(formatRatio(en, ratio)).toBe(text);
  });
});

describe('durations', () => {
  it.each([
    [0.4, '0ms'],
    [840, '840ms'],
    [999.6, '1.00s'],
    [1_240, '1.24s'],
    [150_000, '2.5m'],
    [7_200_000, '2.0h'],
  ])('shows %s ms as %s', (durationMs, text) => {
    expect(formatDuration(en, durationMs)).toBe(text);
  });

  it('is short on an axis', () => {
    expect([0, 2_000, 2_500].map((value) => formatDurationTick(en, value))).toEqual([
      '0',
      '2s',
      '2.5s',
    ]);
  });
});

describe('changes', () => {
  it('means good and bad by the figure, not by the direction', () => {
    expect(toRelativeChange(en, 110, 100, 'upIsBad')).toEqual({
      text: '+10%',
      direction: 'up',
      tone: 'bad',
    });
    expect(toRelativeChange(en, 90, 100, 'upIsBad')).toMatchObject({ text: '−10%', tone: 'good' });
    expect(toRelativeChange(en, 110, 100, 'neutral')).toMatchObject({ tone: 'neutral' });
    expect(toPointChange(en, 0.979, 0.975, 'upIsGood')).toMatchObject({
      text: '+0.4',
      tone: 'good',
    });
  });

  it('is the same below what is shown', () => {
    expect(toRelativeChange(en, 100.04, 100, 'upIsBad')).toMatchObject({
      text: '0%',
      direction: 'same',
      tone: 'neutral',
    });
  });

  it('is unknown when either figure is, and from zero', () => {
    expect(toRelativeChange(en, 5, 0, 'neutral')).toBeNull();
    expect(toRelativeChange(en, null, 5, 'neutral')).toBeNull();
    expect(toPointChange(en, 0.5, null, 'neutral')).toBeNull();
  });
});

describe('times', () => {
  const atMs = Date.UTC(2026, 10, 22, 23, 30);

  it('names a bucket in the zone of the range', () => {
    expect(formatBucket(en, '2026-11-22T16:00:00.000Z', 'day', { timeZone: 'Asia/Shanghai' })).toBe(
      'Nov 23',
    );
    expect(formatBucket(en, '2026-11-22T16:00:00.000Z', 'hour', { timeZone: 'UTC' })).toBe(
      'Nov 22, 16:00',
    );
  });

  it('shows the day only when it is not today', () => {
    expect(formatClock(en, atMs, atMs + 60_000, 'UTC')).toBe('23:30');
    expect(formatClock(en, atMs, atMs + 3_600_000, 'UTC')).toBe('Nov 22, 23:30');
  });

  it('shows the zone with its offset', () => {
    expect(formatTimeZone(en, 'Asia/Kathmandu', atMs)).toBe('Asia/Kathmandu (GMT+5:45)');
    expect(formatTimeZone(en, 'UTC', atMs)).toBe('UTC');
  });

  it.each([
    [180_000, '3 minutes ago'],
    [7_200_000, '2 hours ago'],
    [59_000, null],
    [-5_000, null],
  ])('says %s ms as %s', (ageMs, text) => {
    expect(formatAge(en, ageMs)).toBe(text);
  });
});

describe('odd settings', () => {
  it.each(['en_US', 'xx-', ''])('does not throw for the locale %j', (locale) => {
    expect(formatCount(createFormatters(locale), 1)).toBe('1');
  });

  it('takes a zone that Intl refuses as UTC', () => {
    expect(toValidTimeZone('Mars/Base')).toBe('UTC');
    expect(toValidTimeZone('Asia/Shanghai')).toBe('Asia/Shanghai');
  });
});
