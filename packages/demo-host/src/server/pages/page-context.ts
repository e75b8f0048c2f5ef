import type { Context } from 'koa';
import type { DemoUser } from '../demo-users.js';
import type { ClientFiles } from '../static-files.js';
import { LOCALES, formatMessage, type Locale, type MessageKey } from './messages.js';

/** What every page is rendered from. */
export interface PageContext {
  locale: Locale;
  /** `auto` follows the system. */
  theme: 'auto' | 'light' | 'dark';
  /** Path and query of the page, to come back to. */
  url: string;
  user: DemoUser | null;
  client: ClientFiles;
  /** A text in the page's language. */
  t(key: MessageKey, parameters?: Record<string, string>): string;
}

/** Reads language and theme from cookies, else the language from what the browser accepts. */
export function readPageContext(
  ctx: Context,
  user: DemoUser | null,
  client: ClientFiles,
): PageContext {
  const locale = readLocale(ctx);
  const theme = ctx.cookies.get('theme');
  return {
    locale,
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    url: ctx.url,
    user,
    client,
    t: (key, parameters) => formatMessage(locale, key, parameters),
  };
}

function readLocale(ctx: Context): Locale {
  const chosen = ctx.cookies.get('locale') ?? ctx.acceptsLanguages(...LOCALES);
  return LOCALES.find((locale) => locale === chosen) ?? 'en';
}
