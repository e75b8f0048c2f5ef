import type { DemoUser } from '../demo-users.js';
import { html } from './html.js';
import type { PageContext } from './page-context.js';
import type { PageRange } from './usage-pages.js';

/** What the shell of the React app is rendered from. */
export interface AppShell {
  user: DemoUser;
  defaultRange: PageRange;
  /** Allows the styles of Emotion under the content policy. */
  nonce: string;
}

/** The document of the React app: nothing but where it mounts and what it has to know before the first paint. */
export function renderAppPage(page: PageContext, { user, defaultRange, nonce }: AppShell): string {
  const styles = page.client.appStyles.map(
    (href) => html`<link rel="stylesheet" href="${href}" />`,
  );
  const imports = page.client.appImports.map(
    (href) => html`<link rel="modulepreload" href="${href}" />`,
  );
  return html`<!doctype html>
    <html lang="${page.locale}" data-theme="${page.theme}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta property="csp-nonce" nonce="${nonce}" />
        <title>${page.t('dashboard')} · Usage Kit</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        ${styles} ${imports}
        <script type="module" src="${page.client.appScript}"></script>
      </head>
      <body>
        <div
          id="root"
          data-user-name="${user.name}"
          data-user-did="${user.userDid}"
          data-default-from="${defaultRange.from}"
          data-default-to="${defaultRange.to}"
        ></div>
        <noscript>${page.t('needsScript')}</noscript>
      </body>
    </html>`.text;
}
