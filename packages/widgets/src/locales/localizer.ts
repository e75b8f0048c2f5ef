import { createFormatters, type Formatters } from '../format/intl-cache.js';
import type { Message, MessageKey, Messages, Text, UsageMessages } from './messages.js';

/** Values for the `{names}` of a text; `count` also chooses the plural form. */
export type MessageParams = Readonly<Record<string, string | number>>;

/** Looks up a text. */
export type Translate = (text: Text, params?: MessageParams, count?: number) => string;

/** Texts and formatters of one locale. */
export interface Localizer {
  /** The tag that formats follow. */
  readonly locale: string;
  readonly t: Translate;
  readonly formatters: Formatters;
}

/** Languages other than English, each a separate file that only pages in that language load. */
const LOADERS: Readonly<Record<string, () => Promise<Messages>>> = {
  zh: async () => (await import('./zh.js')).zh,
};
const MAX_CACHED = 16;
const loaded = new Map<string, Messages>();
const loading = new Map<string, Promise<void>>();
const localizers = new Map<string, Localizer>();

/**
 * Localizer of a BCP 47 tag, with a page's own texts; where the language has none, texts and formats are English.
 *
 * Kept per locale, so that a page of elements shares its `Intl` formatters; a pure cache, bounded. Texts other than
 * English are there once {@link loadTexts} has brought them.
 */
export function getLocalizer(locale: string, own?: UsageMessages): Localizer {
  // By content: a page may make a new object of the same texts with every update, and nothing has to be drawn again for it.
  const key = own === undefined ? locale : `${locale} ${JSON.stringify(own)}`;
  const known = localizers.get(key);
  if (known !== undefined) return known;
  const made = createLocalizer(locale, own);
  if (localizers.size >= MAX_CACHED) localizers.clear();
  localizers.set(key, made);
  return made;
}

/**
 * Brings the texts of a localizer's language; `null` when they are there or the language has none.
 *
 * Never rejects: where the file cannot be had the texts are English, which is better than a blank card.
 */
export function loadTexts({ locale }: Localizer): Promise<void> | null {
  const language = getLanguage(locale);
  const load = LOADERS[language];
  if (load === undefined || loaded.has(language)) return null;
  const known = loading.get(language);
  if (known !== undefined) return known;
  const promise = load()
    .then((messages) => void loaded.set(language, messages))
    .catch(() => void loaded.set(language, {} as Messages));
  loading.set(language, promise);
  return promise;
}

function createLocalizer(requestedLocale: string, own: UsageMessages = {}): Localizer {
  const formatters = createFormatters(requestedLocale, isTranslated);
  const language = getLanguage(formatters.locale);
  return {
    locale: formatters.locale,
    formatters,
    t: ({ key, en }, params = {}, count) => {
      const messages: Partial<Messages> | undefined = loaded.get(language);
      return fill(
        chooseForm(toOwnMessage(own, key) ?? messages?.[key] ?? en, formatters, count),
        params,
      );
    },
  };
}

/** A page's text if it is one: what is no text leaves the language's own in place. */
function toOwnMessage(own: UsageMessages, key: MessageKey): Message | undefined {
  const message: unknown = own[key];
  if (typeof message === 'string') return message;
  const isForms = typeof (message as { other?: unknown } | null | undefined)?.other === 'string';
  return isForms ? (message as Message) : undefined;
}

function isTranslated(locale: string): boolean {
  const language = getLanguage(locale);
  return language === 'en' || language in LOADERS;
}

function getLanguage(locale: string): string {
  return locale.split('-')[0] ?? 'en';
}

function chooseForm(message: Message, formatters: Formatters, count: number | undefined): string {
  if (typeof message === 'string') return message;
  const isOne = count !== undefined && formatters.plural().select(count) === 'one';
  return isOne ? (message.one ?? message.other) : message.other;
}

function fill(text: string, params: MessageParams): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
