import { describe, expect, it } from 'vitest';
import * as catalogues from './en.js';
import { defineMessages } from './define-messages.js';
import { getLocalizer, loadMessages } from './localizer.js';
import type { Message, MessageKey, MessageDefinition } from './messages.js';
import { zh } from './zh.js';

const messages: readonly MessageDefinition[] = Object.values(catalogues).flatMap((catalogue) =>
  Object.values<MessageDefinition>(catalogue),
);
const en = Object.fromEntries(messages.map((message) => [message.key, message])) as Readonly<
  Record<MessageKey, MessageDefinition>
>;
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

  it('has each key in one catalogue', () => {
    expect(messages).toHaveLength(keys.length);
    expect(defineMessages({ one: 'One', forms: { other: 'Many' } })).toEqual({
      one: { key: 'one', en: 'One' },
      forms: { key: 'forms', en: { other: 'Many' } },
    });
  });
});

describe('getLocalizer', () => {
  it('chooses the plural form of the language', async () => {
    const { t } = getLocalizer('en-GB');
    expect(t(en.newCalls, { count: 1 }, 1)).toBe('1 new call');
    expect(t(en.newCalls, { count: 3 }, 3)).toBe('3 new calls');
    const chinese = getLocalizer('zh-Hans-CN');
    expect(chinese.t(en.newCalls, { count: 1 }, 1)).toBe('1 new calls');
    await loadMessages(chinese);
    expect(chinese.t(en.newCalls, { count: 1 }, 1)).toBe('1 条新调用');
  });

  it('loads a language once, and English never', async () => {
    expect(loadMessages(getLocalizer('en'))).toBeNull();
    expect(loadMessages(getLocalizer('de'))).toBeNull();
    await loadMessages(getLocalizer('zh-CN'));
    expect(loadMessages(getLocalizer('zh'))).toBeNull();
  });

  it.each(['de', 'de-AT', 'fr', 'ar-EG', 'pt_BR', 'xx-'])(
    'is English in words and formats where it has no texts of %s',
    (locale) => {
      const { t, formatters } = getLocalizer(locale);
      expect(t(en.calls)).toBe('Calls');
      expect(formatters.number({}).format(1234.5)).toBe('1,234.5');
      const day = formatters.date({ month: 'short', day: 'numeric', timeZone: 'UTC' });
      expect(day.format(0)).toBe('Jan 1');
    },
  );

  it('follows a region of a language that it has', () => {
    const options = { month: 'short', day: 'numeric', timeZone: 'UTC' } as const;
    expect(getLocalizer('en-GB').formatters.date(options).format(0)).toBe('1 Jan');
    expect(getLocalizer('en-IN').formatters.number({}).format(1234567)).toBe('12,34,567');
    expect(getLocalizer('zh-TW').locale).toBe('zh-TW');
  });

  it('replaces messages by those of a page, in any language', async () => {
    const own = {
      credits: 'Points',
      newCalls: { one: '{count} fresh call', other: '{count} fresh calls' },
      unknown: 5,
      loading: { one: 'no other form' },
    };
    const { t } = getLocalizer('en', own as never);
    expect([t(en.credits), t(en.calls)]).toEqual(['Points', 'Calls']);
    expect([t(en.newCalls, { count: 1 }, 1), t(en.newCalls, { count: 2 }, 2)]).toEqual([
      '1 fresh call',
      '2 fresh calls',
    ]);
    expect([t(en.unknown), t(en.loading)]).toEqual(['Unknown', 'Loading…']);
    const chinese = getLocalizer('zh', { credits: '点数' });
    await loadMessages(chinese);
    expect([chinese.t(en.credits), chinese.t(en.calls)]).toEqual(['点数', '调用次数']);
    expect(getLocalizer('en').t(en.credits)).toBe('Credits');
  });

  it('is the same for the same texts, so that nothing is drawn again', () => {
    expect(getLocalizer('en', { credits: 'Points' })).toBe(
      getLocalizer('en', { credits: 'Points' }),
    );
  });

  // Names, units and identifiers that Chinese pages keep as they are.
  const LATIN = /\{\w+\}|app-did|base-url|Token|P95|CSV|Excel|NDJSON|JSON|DID|ID/g;
  it.each(keys)('leaves no English in the Chinese of %s', (key) => {
    const message: Message = zh[key];
    const text = typeof message === 'string' ? message : message.other;
    expect(text.replace(LATIN, '')).not.toMatch(/[a-z]{2}/i);
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
