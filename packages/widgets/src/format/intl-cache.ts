/** Formatters of one locale; making one is slow, so each is made once. */
export interface Formatters {
  number(options: Intl.NumberFormatOptions): Intl.NumberFormat;
  date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat;
  relative(options: Intl.RelativeTimeFormatOptions): Intl.RelativeTimeFormat;
  plural(): Intl.PluralRules;
  readonly locale: string;
}

/**
 * Caching formatters for a locale.
 *
 * A locale that `Intl` refuses (`en_US`, `xx-`) is repaired if it can be and is English otherwise: a typo in an attribute
 * must not blank a page. A time zone that is refused is UTC for the same reason.
 *
 * Formats follow the language of the messages, English if `isTranslated` says no: a German page without German texts would read
 * “until about 14. Jan. 2027”, and 1.234 calls are one or a thousand by the language of the word after it. A region or a
 * calendar of the same language (`en-GB`, `zh-TW`) is followed.
 */
export function createFormatters(
  requestedLocale: string,
  isTranslated: (locale: string) => boolean = () => true,
): Formatters {
  const validLocale = toValidLocale(requestedLocale);
  const locale = isTranslated(validLocale) ? validLocale : 'en';
  const cache = new Map<string, unknown>();
  const cached = <T>(kind: string, options: object, make: () => T): T => {
    const key = kind + JSON.stringify(options);
    if (!cache.has(key)) cache.set(key, make());
    // The key starts with the kind, and each kind has one maker.
    return cache.get(key) as T;
  };
  return {
    locale,
    number: (options) => cached('n', options, () => new Intl.NumberFormat(locale, options)),
    date: (options) =>
      cached('d', options, () => {
        const timeZone = toValidTimeZone(options.timeZone);
        return new Intl.DateTimeFormat(locale, { ...options, timeZone });
      }),
    relative: (options) => cached('r', options, () => new Intl.RelativeTimeFormat(locale, options)),
    plural: () => cached('p', {}, () => new Intl.PluralRules(locale)),
  };
}

function toValidLocale(locale: string): string {
  const candidate = locale.replaceAll('_', '-');
  try {
    return Intl.getCanonicalLocales(candidate)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

const zones = new Map<string | undefined, string>();
const MAX_ZONES = 64;

/**
 * The zone if `Intl` knows it, else `UTC`; `undefined` is the browser's own.
 *
 * Cached: every update of every element calls it, and `Intl` takes longer than the rest of a small update.
 */
export function toValidTimeZone(timeZone: string | undefined): string {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  if (zones.size >= MAX_ZONES) zones.clear();
  const valid = resolveTimeZone(timeZone);
  zones.set(timeZone, valid);
  return valid;
}

function resolveTimeZone(timeZone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
