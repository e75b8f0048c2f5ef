import { html, type SafeHtml } from './html.js';
import type { PageContext } from './page-context.js';

const LOGO = html`<svg class="logo" viewBox="0 0 24 24" aria-hidden="true">
  <rect x="3" y="12" width="4" height="9" rx="1.5" />
  <rect x="10" y="7" width="4" height="14" rx="1.5" />
  <rect x="17" y="3" width="4" height="18" rx="1.5" />
</svg>`;

const THEME_ICON = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <circle cx="12" cy="12" r="8.25" fill="none" stroke="currentColor" stroke-width="1.5" />
  <path d="M12 3.75a8.25 8.25 0 0 1 0 16.5z" fill="currentColor" />
</svg>`;

/** The document around every page: header, main, and nothing inline that the content policy would refuse. */
export function renderDocument(page: PageContext, title: string, main: SafeHtml): string {
  const styles = page.client.styles.map((href) => html`<link rel="stylesheet" href="${href}" />`);
  return html`<!doctype html>
    <html lang="${page.locale}" data-theme="${page.theme}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Usage Kit</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        ${styles}
        <script type="module" src="${page.client.script}"></script>
      </head>
      <body>
        ${renderHeader(page)}
        <main id="main" tabindex="-1">${main}</main>
      </body>
    </html>`.text;
}

function renderHeader(page: PageContext): SafeHtml {
  const otherLocale = page.locale === 'en' ? 'zh' : 'en';
  return html`<header class="bar">
    <a class="skip" href="#main">${page.t('skip')}</a>
    <div class="bar-inner">
      <a class="brand" href="/usage/dashboard" aria-label="Usage Kit"
        >${LOGO}<span>Usage Kit</span></a
      >
      <div class="bar-tools">
        <form method="post" action="/preferences/locale/${otherLocale}">
          <button
            class="tool"
            lang="${otherLocale}"
            aria-label="${page.t('languageLabel')}"
            data-keep-url
          >
            ${page.t('language')}
          </button>
        </form>
        <button class="tool icon" type="button" aria-label="${page.t('theme')}" data-theme-switch>
          ${THEME_ICON}
        </button>
        ${page.user && renderUser(page, page.user.name)}
      </div>
    </div>
  </header>`;
}

function renderUser(page: PageContext, name: string): SafeHtml {
  return html`<span class="who" title="${page.t('signedInAs', { name })}">
      <span class="avatar" aria-hidden="true">${[...name][0] ?? '?'}</span>
      <span class="who-name">${name}</span>
    </span>
    <form method="post" action="/sign-out">
      <button class="tool" data-sign-out>${page.t('signOut')}</button>
    </form>`;
}
