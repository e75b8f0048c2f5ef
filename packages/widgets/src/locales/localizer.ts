import { createFormatters, type Formatters } from '../format/intl-cache.js';
import type { Amounts, DisplayCurrency } from '../format/money.js';
import type {
  Message,
  MessageKey,
  Messages,
  MessageDefinition,
  UsageMessages,
} from './messages.js';
import { importPart } from '../utils/import-part.js';

/** Values for the `{names}` of a message; `count` also chooses the plural form. */
export type MessageParams = Readonly<Record<string, string | number>>;

/** Looks up a message and fills in its parameters. */
export type Translate = (text: MessageDefinition, params?: MessageParams, count?: number) => string;

/** What amounts are shown in. */
export interface AmountSettings {
  readonly amounts: Amounts;
  /** What money is converted to for display; as the host set it, and possibly nothing that can be used. */
  readonly displayCurrency?: DisplayCurrency | undefined;
}

const CREDITS: AmountSettings = { amounts: 'credits' };

/** Messages and formatters of one locale, and what amounts are shown in. */
export interface Localizer extends AmountSettings {
  /** The tag that formats follow. */
  readonly locale: string;
  readonly t: Translate;
  readonly formatters: Formatters;
}

/** Languages other than English, each a separate file that only pages in that language load. */
const LOADERS: Readonly<Record<string, () => Promise<Messages>>> = {
  zh: async () => (await importPart(() => import('./zh.js'))).zh,
};
const MAX_CACHED = 16;
const loaded = new Map<string, Messages>();
const loading = new Map<string, Promise<void>>();
const localizers = new Map<string, Localizer>();

/**
 * Localizer of a BCP 47 tag, with a page's own messages; English, formats included, for a language without messages.
 *
 * Cached per locale and bounded, so that the elements of a page share their `Intl` formatters. Messages other than
 * English are used once {@link loadMessages} has loaded them.
 */
export function getLocalizer(
  locale: string,
  own?: UsageMessages,
  amounts: AmountSettings = CREDITS,
): Localizer {
  // By content: a page may make a new object of the same messages with every update, which must not render again.
  const key = JSON.stringify([locale, own, amounts]);
  const known = localizers.get(key);
  if (known !== undefined) return known;
  const made = createLocalizer(locale, own, amounts);
  if (localizers.size >= MAX_CACHED) localizers.clear();
  localizers.set(key, made);
  return made;
}

/**
 * Loads the messages of a localizer's language.
 *
 * @returns `null` when they are loaded already or the language has none. Never rejects: when the file cannot be loaded
 *   the messages are English, which is better than a blank card.
 */
export function loadMessages({ locale }: Localizer): Promise<void> | null {
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

function createLocalizer(
  requestedLocale: string,
  own: UsageMessages = {},
  amounts: AmountSettings,
): Localizer {
  const formatters = createFormatters(requestedLocale, isTranslated);
  const language = getLanguage(formatters.locale);
  return {
    ...amounts,
    locale: formatters.locale,
    formatters,
    t: ({ key, en }, params = {}, count) => {
      const messages: Partial<Messages> | undefined = loaded.get(language);
      return fillPlaceholders(
        chooseForm(toPageMessage(own, key) ?? messages?.[key] ?? en, formatters, count),
        params,
      );
    },
  };
}

/** A page's message, if it is one: anything else leaves the language's own in place. */
function toPageMessage(own: UsageMessages, key: MessageKey): Message | undefined {
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

function fillPlaceholders(text: string, params: MessageParams): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    String(params[name] ?? placeholder),
  );
}
