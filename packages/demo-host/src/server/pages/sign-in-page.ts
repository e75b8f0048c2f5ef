import type { DemoUser } from '../demo-users.js';
import { html } from './html.js';
import { renderDocument } from './layout.js';
import type { PageContext } from './page-context.js';

/**
 * The sign-in: one button for each demo user.
 * @param generated whether the load is the generated one, which the page then says
 */
export function renderSignInPage(
  page: PageContext,
  users: readonly DemoUser[],
  generated: boolean,
): string {
  const cards = users.map(
    (user) =>
      html`<li>
        <form method="post" action="/sign-in/${user.id}">
          <button class="person" data-user="${user.id}">
            <span class="avatar large" aria-hidden="true">${[...user.name][0] ?? '?'}</span>
            <span class="person-text">
              <span class="person-name">${user.name}</span>
              <span class="muted">${user.about[page.locale]}</span>
            </span>
            <span class="person-go" aria-hidden="true">→</span>
          </button>
        </form>
      </li>`,
  );
  const text = page.t(generated ? 'signInText' : 'signInImported');
  return renderDocument(
    page,
    page.t('signInTitle'),
    html`<section class="sign-in">
      <h1>${page.t('signInTitle')}</h1>
      <p class="muted">${text}</p>
      <ul class="people">
        ${cards}
      </ul>
    </section>`,
  );
}
