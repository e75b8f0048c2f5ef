import type { Quota } from '@usage-kit/server-sdk/contract';
import { describe, expect, it } from 'vitest';
import {
  QUOTA,
  QUOTA_LOW,
  QUOTA_NEW,
  QUOTA_NO_ACCOUNT,
  QUOTA_OVERDUE,
  QUOTA_UNAVAILABLE,
  QUOTA_UNEVEN,
  QUOTA_UNLIMITED,
} from '../../../../../.storybook/fixtures/quota.js';
import { getLocalizer } from '../../locales/localizer.js';
import { toQuotaView, type QuotaView } from './usage-quota.view.js';

const view = (quota: Quota): QuotaView => toQuotaView(quota, getLocalizer('en'), 'UTC');

describe('toQuotaView', () => {
  it('shows two decimals and keeps all digits in the title', () => {
    expect(view(QUOTA).remaining).toEqual({ text: '8,412.56', title: '8,412.56187945' });
  });

  it.each([
    ['3000', 'good'],
    ['2999.99999999', 'warning'],
    ['1000', 'warning'],
    ['999.99999999', 'bad'],
    ['0', 'bad'],
    ['-5', 'bad'],
    ['12000', 'good'],
  ])('colours %s left of 10000 as %s', (remaining, level) => {
    const { meter } = view({ ...QUOTA, total: '10000', remaining });
    expect(meter?.level).toBe(level);
    expect(meter?.ratio).toBeGreaterThanOrEqual(0);
    expect(meter?.ratio).toBeLessThanOrEqual(1);
  });

  it('has no meter without a total', () => {
    expect(view({ ...QUOTA, total: '0' }).meter).toBeNull();
    expect(view(QUOTA_UNAVAILABLE).meter).toBeNull();
  });

  it('never shows a zero for what is not known', () => {
    const { remaining, used, total } = view(QUOTA_UNAVAILABLE);
    for (const figure of [remaining, used, total]) {
      expect(figure).toEqual({ text: '–', title: 'Balance not available' });
    }
  });

  it('tells the runway with its interval and date', () => {
    expect(view(QUOTA).runway).toEqual({
      headline: '53 days',
      detail: 'Likely 41 to 71 days, until about Jan 14, 2027',
      basis: 'At 158.12 a day, averaged over 30 days',
    });
    expect(view(QUOTA_NEW).runway).toMatchObject({
      headline: '–',
      detail: 'Not enough use yet to estimate',
    });
    expect(view(QUOTA_UNLIMITED).runway.headline).toBe('∞');
  });

  it('shows pending and overdue only when there are any', () => {
    expect(view(QUOTA_OVERDUE).overdue?.text).toBe('3.75');
    expect(view(QUOTA_LOW).overdue).toBeNull();
    expect(view(QUOTA).overdue).toBeNull();
    expect(view(QUOTA_NEW).pending).toBeNull();
  });

  it('says why there is no balance', () => {
    expect(view(QUOTA_UNAVAILABLE).reasonText).toContain('does not answer');
    expect(view(QUOTA_NO_ACCOUNT).reasonText).toContain('no account');
    expect(view(QUOTA).reasonText).toBeNull();
    expect(view(QUOTA_UNAVAILABLE)).toMatchObject({
      symbol: '',
      runway: { headline: '–', detail: 'Balance not available' },
    });
  });

  it('tells the earliest day alone when the pace is too uneven for a latest', () => {
    expect(view(QUOTA_UNEVEN).runway.detail).toBe('At least 22 days, until about Jan 14, 2027');
  });

  it.each([
    ['https://pay.example.com/up', 'https://pay.example.com/up'],
    ['http://pay.example.com/up', 'http://pay.example.com/up'],
    ['javascript:alert(1)', null],
    ['//pay.example.com', null],
    [null, null],
  ])('lets a top-up to %s lead to %s', (topUpUrl, expected) => {
    expect(view({ ...QUOTA, topUpUrl }).topUpUrl).toBe(expected);
  });

  it('scales the sparkline by its highest day, and survives a week of nothing', () => {
    expect(Math.max(...view(QUOTA).spark.map(({ ratio }) => ratio))).toBe(1);
    expect(view(QUOTA_NEW).spark.every(({ ratio }) => ratio === 0)).toBe(true);
  });
});
