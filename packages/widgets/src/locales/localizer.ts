import { createFormatters, type Formatters } from '../format/intl-cache.js';
import { en, type Message, type MessageKey, type Messages } from './en.js';
import { zh } from './zh.js';

/** Values for the `{names}` of a text; `count` also chooses the plural form. */
export type MessageParams = Readonly<Record<string, string | number>>;

/** Looks up a text. */
export type Translate = (key: MessageKey, params?: MessageParams, count?: number) => string;

/** Texts and formatters of one locale. */
export interface Localizer {
  /** The tag that was asked for. */
  readonly requested: string;
  /** The tag that formats follow. */
  readonly locale: string;
  readonly t: Translate;
  readonly formatters: Formatters;
}

const CATALOGUES: Readonly<Record<string, Messages>> = { en, zh };
const MAX_CACHED = 16;
const localizers = new Map<string, Localizer>();

/**
 * Localizer of a BCP 47 tag; texts fall back to English, formats do not.
 *
 * Kept per locale, so that a page of elements shares its `Intl` formatters; a pure cache, bounded.
 */
export function getLocalizer(locale: string): Localizer {
  const known = localizers.get(locale);
  if (known !== undefined) return known;
  const made = createLocalizer(locale);
  if (localizers.size >= MAX_CACHED) localizers.clear();
  localizers.set(locale, made);
  return made;
}

function createLocalizer(requestedLocale: string): Localizer {
  const formatters = createFormatters(requestedLocale);
  const language = formatters.locale.split('-')[0] ?? 'en';
  const messages = CATALOGUES[language] ?? en;
  return {
    requested: requestedLocale,
    locale: formatters.locale,
    formatters,
    t: (key, params = {}, count) => fill(chooseForm(messages[key], formatters, count), params),
  };
}

function chooseForm(message: Message, formatters: Formatters, count: number | undefined): string {
  if (typeof message === 'string') return message;
  const isOne = count !== undefined && formatters.plural().select(count) === 'one';
  return isOne ? (message.one ?? message.other) : message.other;
}

function fill(text: string, params: MessageParams): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
