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
} from '@usage-kit/testing/fixtures/quota';
import { createTotals } from '@usage-kit/testing/fixtures/totals';
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
  ])('colors %s left of 10000 as %s', (remaining, level) => {
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

  it('shows the runway with its interval and date', () => {
    expect(view(QUOTA).runway).toEqual({
      headline: '53 days',
      detail: 'Likely 41 to 71 days, until about Jan 14, 2027',
      basis: 'At 158.12 a day, based on 30 days',
    });
    expect(view(QUOTA_NEW).runway).toMatchObject({
      headline: '–',
      detail: 'Not enough usage yet for an estimate',
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
    expect(view(QUOTA_UNAVAILABLE).reasonText).toContain('is not responding');
    expect(view(QUOTA_NO_ACCOUNT).reasonText).toContain('don’t have an account');
    expect(view(QUOTA).reasonText).toBeNull();
    expect(view(QUOTA_UNAVAILABLE)).toMatchObject({
      symbol: '',
      runway: { headline: '–', detail: 'Balance not available' },
    });
  });

  it('shows only the earliest day when the use is too uneven for a latest', () => {
    expect(view(QUOTA_UNEVEN).runway.detail).toBe('At least 22 days, until about Jan 14, 2027');
  });

  it('scales the sparkline by its highest day, and survives a week of nothing', () => {
    expect(Math.max(...view(QUOTA).spark.days.map(({ ratio }) => ratio))).toBe(1);
    expect(view(QUOTA_NEW).spark.days.every(({ ratio }) => ratio === 0)).toBe(true);
  });

  it.each([
    ['4.998', '4.998', '99.9% left'],
    ['4.99999999', '4.99999999', '99.9% left'],
    ['5', '5.00', '100% left'],
    ['4.559', '4.55', '91% left'],
    ['2.85', '2.85', '57% left'],
    ['0.004', '0.0040', '<0.1% left'],
    ['0.000000001', '0.000000001', '<0.1% left'],
    ['0', '0', '0% left'],
    ['-0.001', '−0.0010', '0% left'],
    ['1.4999', '1.49', '29% left'],
  ])('shows %s of 5 as %s, %s', (remaining, text, meter) => {
    const used = remaining === '5' ? '0' : '0.002';
    const shown = view({ ...QUOTA, total: '5', used, remaining });
    expect([shown.remaining.text, shown.meter?.text]).toEqual([text, meter]);
  });

  it('shows 4.998 used of 5 as less than all of it', () => {
    const { used, total } = view({ ...QUOTA, total: '5.00', used: '4.998', remaining: '0.002' });
    expect([used.text, total.text]).toEqual(['4.998', '5.00']);
  });

  it('knows that some was used of an amount that binary numbers cannot distinguish from the total', () => {
    const total = '123456789012345678901';
    const remaining = '123456789012345678900.5';
    const shown = view({ ...QUOTA, total, used: '0.5', remaining });
    expect(shown.meter?.text).toBe('99.9% left');
  });

  it.each([
    [{ days: 3_999_990_392, dailyAverage: '0.00000001' }, 'More than 10 years', null],
    [{ days: 3_650 }, '3,650 days', 'Likely 41 to 71 days, until about Jan 14, 2027'],
    [{ latestDays: 99_999 }, '53 days', 'At least 41 days, until about Jan 14, 2027'],
    [
      { days: 19.2, earliestDays: 18.9, latestDays: 19.4 },
      '19 days',
      'Likely 19 days, until about Jan 14, 2027',
    ],
    [
      { days: 1.04, earliestDays: 1, latestDays: 1.02 },
      '1 day',
      'Likely 1 day, until about Jan 14, 2027',
    ],
  ])('tells a runway of %j', (runway, headline, detail) => {
    const shown = view({ ...QUOTA, runway: { ...QUOTA.runway, ...runway } }).runway;
    expect(shown).toMatchObject({ headline, detail });
  });

  it('says no pace of 0 a day', () => {
    const runway = { ...QUOTA.runway, dailyAverage: '0.00000000' };
    expect(view({ ...QUOTA, runway }).runway.basis).toBeNull();
  });

  it('has the days of the viewer, or says that they are of UTC', () => {
    const en = getLocalizer('en');
    const zone = 'America/Los_Angeles';
    expect(view(QUOTA).spark).toMatchObject({ zone: null, isWaiting: false });
    expect(toQuotaView(QUOTA, en, zone, 'loading').spark).toMatchObject({ isWaiting: true });
    expect(toQuotaView(QUOTA, en, zone, 'unavailable').spark).toMatchObject({ zone: 'UTC' });
    const start = '2026-11-21T08:00:00.000Z';
    const points = [
      { start, end: '2026-11-22T08:00:00.000Z', totals: { ...createTotals(3), credits: '12' } },
      {
        start: '2026-11-22T08:00:00.000Z',
        end: '2026-11-23T08:00:00.000Z',
        totals: { ...createTotals(3), credits: null },
      },
    ];
    expect(toQuotaView(QUOTA, en, zone, points).spark).toEqual({
      zone: null,
      isWaiting: false,
      days: [
        { day: 'Nov 21', credits: '12.00', ratio: 1 },
        { day: 'Nov 22', credits: '–', ratio: 0 },
      ],
    });
  });

  it('shows nothing wrong for a state that a newer server may know', () => {
    const runway = { ...QUOTA.runway, status: '__proto__' as 'estimated' };
    expect(view({ ...QUOTA, runway }).runway).toEqual({ headline: '–', detail: null, basis: null });
  });
});
