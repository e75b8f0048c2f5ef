import { describe, expect, it } from 'vitest';
import { createFormatters } from '../../format/intl-cache.js';
import { rangeMessages } from '../../locales/en/range.js';
import { findPreset, checkCustomDays, toCustomDays } from './usage-range-picker.view.js';

describe('range picker', () => {
  it('knows its presets', () => {
    expect(findPreset({ from: 'last-30-days', to: '' })).toBe('30');
    expect(findPreset({ from: 'last-12-days', to: '' })).toBe('custom');
    expect(findPreset({ from: '2026-01-01', to: '2026-01-31' })).toBe('custom');
  });

  it('shows the last day that is inside, in the zone of the viewer', () => {
    const range = { from: '2026-02-28T16:00:00Z', to: '2026-03-31T16:00:00Z' };
    expect(toCustomDays(createFormatters('ar-EG'), range, 'Asia/Shanghai')).toEqual({
      from: '2026-03-01',
      to: '2026-03-31',
    });
  });

  it.each([
    ['2026-01-01', '2026-01-01', null],
    ['2026-01-02', '2026-01-01', rangeMessages.rangeInvalid],
    ['', '2026-01-01', rangeMessages.rangeInvalid],
    ['2025-01-01', '2026-02-04', null],
    ['2025-01-01', '2026-02-05', rangeMessages.rangeTooLong],
  ])('checks %s to %s: %s', (from, to, problem) => {
    expect(checkCustomDays({ from, to })).toBe(problem);
  });
});
