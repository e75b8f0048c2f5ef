import { describe, expect, it } from 'vitest';
import * as en from './en.js';
import { getLocalizer, loadTexts } from './localizer.js';
import type { Message, MessageKey } from './messages.js';
import { zh } from './zh.js';

const keys = Object.keys(en) as MessageKey[];

function placeholders(message: Message): string[] {
  const text = typeof message === 'string' ? message : message.other;
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
}

describe('languages', () => {
  it.each(keys)('Chinese says %s with the same parameters as English', (key) => {
    expect(en[key].key).toBe(key);
    expect(placeholders(zh[key])).toEqual(placeholders(en[key].en));
  });

  it('has no key that English lacks', () => {
    expect(Object.keys(zh).sort()).toEqual([...keys].sort());
  });
});

describe('getLocalizer', () => {
  it('chooses the plural form of the language', async () => {
    const { t } = getLocalizer('en-GB');
    expect(t(en.newCalls, { count: 1 }, 1)).toBe('1 new call');
    expect(t(en.newCalls, { count: 3 }, 3)).toBe('3 new calls');
    const chinese = getLocalizer('zh-Hans-CN');
    expect(chinese.t(en.newCalls, { count: 1 }, 1)).toBe('1 new calls');
    await loadTexts(chinese);
    expect(chinese.t(en.newCalls, { count: 1 }, 1)).toBe('1 条新调用');
  });

  it('loads a language once, and English never', async () => {
    expect(loadTexts(getLocalizer('en'))).toBeNull();
    expect(loadTexts(getLocalizer('de'))).toBeNull();
    await loadTexts(getLocalizer('zh-CN'));
    expect(loadTexts(getLocalizer('zh'))).toBeNull();
  });

  it('falls back to English texts but keeps the formats of the locale', () => {
    const { t, formatters } = getLocalizer('de');
    expect(t(en.calls)).toBe('Calls');
    expect(formatters.number({}).format(1234.5)).toBe('1.234,5');
  });

  it('keeps what is part of a sentence in the language of the sentence', () => {
    const { formatters } = getLocalizer('fr');
    expect(formatters.relative({ numeric: 'always' }).format(-3, 'minute')).toBe('3 minutes ago');
    expect(formatters.plural().select(0)).toBe('other');
    const chinese = getLocalizer('zh-CN').formatters;
    expect(chinese.relative({ numeric: 'always' }).format(-3, 'minute')).toBe('3分钟前');
  });

  it('leaves a parameter that is missing visible', () => {
    expect(getLocalizer('en').t(en.updatedAt)).toBe('Updated {time}');
  });
});
