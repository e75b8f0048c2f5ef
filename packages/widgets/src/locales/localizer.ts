import { createFormatters, type Formatters } from '../format/intl-cache.js';
import type { Message, Messages, Text } from './messages.js';

/** Values for the `{names}` of a text; `count` also chooses the plural form. */
export type MessageParams = Readonly<Record<string, string | number>>;

/** Looks up a text. */
export type Translate = (text: Text, params?: MessageParams, count?: number) => string;

/** Texts and formatters of one locale. */
export interface Localizer {
  /** The tag that was asked for. */
  readonly requested: string;
  /** The tag that formats follow. */
  readonly locale: string;
  readonly t: Translate;
  readonly formatters: Formatters;
}

/** Languages beside English, each a file of its own that only pages in that language load. */
const LOADERS: Readonly<Record<string, () => Promise<Messages>>> = {
  zh: async () => (await import('./zh.js')).zh,
};
const MAX_CACHED = 16;
const loaded = new Map<string, Messages>();
const loading = new Map<string, Promise<void>>();
const localizers = new Map<string, Localizer>();

/**
 * Localizer of a BCP 47 tag; texts fall back to English, formats do not.
 *
 * Kept per locale, so that a page of elements shares its `Intl` formatters; a pure cache, bounded. Texts other than
 * English are there once {@link loadTexts} has brought them.
 */
export function getLocalizer(locale: string): Localizer {
  const known = localizers.get(locale);
  if (known !== undefined) return known;
  const made = createLocalizer(locale);
  if (localizers.size >= MAX_CACHED) localizers.clear();
  localizers.set(locale, made);
  return made;
}

/**
 * Brings the texts of a localizer's language; `null` when they are there or the language has none.
 *
 * Never rejects: where the file cannot be had the texts are English, which is better than a blank card.
 */
export function loadTexts({ locale }: Localizer): Promise<void> | null {
  const language = languageOf(locale);
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

function createLocalizer(requestedLocale: string): Localizer {
  const formatters = createFormatters(requestedLocale, isTranslated);
  const language = languageOf(formatters.locale);
  return {
    requested: requestedLocale,
    locale: formatters.locale,
    formatters,
    t: ({ key, en }, params = {}, count) => {
      const messages: Partial<Messages> | undefined = loaded.get(language);
      return fill(chooseForm(messages?.[key] ?? en, formatters, count), params);
    },
  };
}

function isTranslated(locale: string): boolean {
  const language = languageOf(locale);
  return language === 'en' || language in LOADERS;
}

function languageOf(locale: string): string {
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
