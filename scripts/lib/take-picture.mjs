import { DEMO_NOW } from './demo-process.mjs';
import { screens } from './pictures.mjs';

/** How each state comes about, before its page is opened or after. */
const states = {
  'new-user': { user: 'chen' },
  'payment-kit-down': {
    before: (_page, { faultUrl }) => fetch(`${faultUrl}/failing`, { method: 'PUT' }),
    finally: ({ faultUrl }) => fetch(`${faultUrl}/ok`, { method: 'PUT' }),
  },
  loading: { before: (page) => page.route('**/api/usage/**', () => undefined) },
  'broken-part': {
    before: (page) => page.route('**/api/usage/trends*', failWith(500, 'INTERNAL')),
  },
  'signed-out': {
    before: (page) => page.route('**/api/usage/**', failWith(401, 'UNAUTHENTICATED')),
  },
  forbidden: { before: (page) => page.route('**/api/usage/**', failWith(403, 'SCOPE_FORBIDDEN')) },
  'not-found': { appDid: 'no-such-project' },
  'open-call': {
    after: (page) => page.locator('usage-call-history [part~=expand]').nth(2).click(),
  },
  filters: {
    after: async (page) => {
      const button = page.getByRole('button', { name: /^(filter|筛选)/i });
      if (await button.first().isVisible()) await button.first().click();
    },
  },
};

/**
 * Takes one picture in a new session.
 * @param {import('playwright-core').Browser} browser
 * @param {{ url: string, faultUrl: string }} demo
 */
export async function takePicture(browser, demo, picture, path) {
  const state = states[picture.state] ?? {};
  // A drawer lies over what is seen, not over what would be if the screen were taller.
  const isOverlaid = picture.state === 'filters';
  const page = await openPage(browser, demo.url, picture, state);
  try {
    const appDid = state.appDid ?? (await firstProject(page));
    await state.before?.(page, demo);
    const address = picture.page === 'project' ? `projects/${appDid}` : 'dashboard';
    await page.goto(`${demo.url}/usage/${address}`);
    // A request without a response never ends; the wait for it has a timeout.
    const settle = () =>
      picture.state === 'loading'
        ? page.waitForTimeout(1500)
        : page.waitForLoadState('networkidle');
    await settle();
    await state.after?.(page);
    if (!isOverlaid) {
      await seeAll(page);
      await settle();
    }
    // Charts and what was opened come to rest.
    await page.waitForTimeout(400);
    const fullPage = picture.fullPage === true && !isOverlaid;
    await page.screenshot({ path, animations: 'disabled', fullPage });
  } finally {
    await state.finally?.(demo);
    await page.context().close();
  }
}

/** Scrolls to the end and back as a reader does: charts are drawn when they come near. */
async function seeAll(page) {
  await page.evaluate(async () => {
    for (const element of document.querySelectorAll('usage-provider *')) {
      if (!element.localName.startsWith('usage-')) continue;
      element.scrollIntoView();
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }
    window.scrollTo(0, 0);
  });
}

async function openPage(browser, url, { screen, height, colorScheme, locale }, { user = 'ada' }) {
  const { viewport, ...options } = screens[screen];
  const context = await browser.newContext({
    ...options,
    viewport: { ...viewport, height: height ?? viewport.height },
    colorScheme,
    locale: locale === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: locale === 'zh' ? 'Asia/Shanghai' : 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(new Date(DEMO_NOW));
  await page.goto(`${url}/sign-in`);
  await page.click(`[data-user=${user}]`);
  await page.waitForURL('**/usage/dashboard');
  return page;
}

async function firstProject(page) {
  const { items } = await page.evaluate(async () =>
    (await fetch('/api/usage/projects?pageSize=1')).json(),
  );
  return encodeURIComponent(items[0]?.appDid ?? '');
}

function failWith(status, code) {
  const error = { code, message: 'Made up for a picture.', requestId: 'req_7Hq2mZ4c' };
  return (route) => route.fulfill({ status, json: { error } });
}
