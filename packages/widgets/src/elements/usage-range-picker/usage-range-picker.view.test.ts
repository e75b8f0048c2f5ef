import { describe, expect, it } from 'vitest';
import { createFormatters } from '../../format/intl-cache.js';
import { rangePanelMessages } from '../../locales/en/range-panel.js';
import { checkCustomDays, findPlace, toCustomDays } from './range-panel.view.js';
import { findPreset, formatDays } from './usage-range-picker.view.js';

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
    ['2026-01-02', '2026-01-01', rangePanelMessages.rangeInvalid],
    ['', '2026-01-01', rangePanelMessages.rangeInvalid],
    ['2025-01-01', '2026-02-04', null],
    ['2025-01-01', '2026-02-05', rangePanelMessages.rangeTooLong],
  ])('checks %s to %s: %s', (from, to, problem) => {
    expect(checkCustomDays({ from, to })).toBe(problem);
  });

  it('names its days, the last one included', () => {
    const range = { from: '2026-10-31T16:00:00Z', to: '2026-11-10T16:00:00Z' };
    const text = formatDays(createFormatters('en'), range, 'Asia/Shanghai');
    expect(text.replaceAll(/\s/g, ' ')).toBe('Nov 1 – 10, 2026');
  });

  it.each([
    [31, 'outside'],
    [1, 'first'],
    [2, 'between'],
    [3, 'last'],
    [4, 'outside'],
  ])('marks day %i as %s', (day, place) => {
    const month = day === 31 ? 10 : 11;
    const days = { from: '2026-11-01', to: '2026-11-03' };
    expect(findPlace({ year: 2026, month, day }, days)).toBe(place);
  });

  it('marks one day as the only one, and none where there is none', () => {
    const day = { year: 2026, month: 11, day: 1 };
    expect(findPlace(day, { from: '2026-11-01', to: '2026-11-01' })).toBe('only');
    expect(findPlace(day, { from: '', to: '2026-11-03' })).toBe('outside');
  });
});
