import { describe, expect, it } from 'vitest';
import { en, type Message, type MessageKey } from './en.js';
import { getLocalizer } from './localizer.js';
import { zh } from './zh.js';

const keys = Object.keys(en) as MessageKey[];

function placeholders(message: Message): string[] {
  const text = typeof message === 'string' ? message : message.other;
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
}

describe('languages', () => {
  it.each(keys)('Chinese says %s with the same parameters as English', (key) => {
    expect(placeholders(zh[key])).toEqual(placeholders(en[key]));
  });

  it('has no key that English lacks', () => {
    expect(Object.keys(zh).sort()).toEqual([...keys].sort());
  });
});

describe('getLocalizer', () => {
  it('chooses the plural form of the language', () => {
    const { t } = getLocalizer('en-GB');
    expect(t('newCalls', { count: 1 }, 1)).toBe('1 new call');
    expect(t('newCalls', { count: 3 }, 3)).toBe('3 new calls');
    expect(getLocalizer('zh-Hans-CN').t('newCalls', { count: 1 }, 1)).toBe('1 条新调用');
  });

  it('falls back to English texts but keeps the formats of the locale', () => {
    const { t, formatters } = getLocalizer('de');
    expect(t('calls')).toBe('Calls');
    expect(formatters.number({}).format(1234.5)).toBe('1.234,5');
  });

  it('leaves a parameter that is missing visible', () => {
    expect(getLocalizer('en').t('updatedAt')).toBe('Updated {time}');
  });
});
