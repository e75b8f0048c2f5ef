import { join } from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeCases } from '../../../../scripts/test-size.mjs';
import { respondFromFixtures } from './support/api.js';
import { launch, openPage } from './support/browser.js';
import { OUTPUT } from './support/paths.js';
import { READY_TEXTS } from './support/ready-texts.js';
import { serve, type ServeOptions, type TestServer } from './support/serve.js';

const FOLDER = join(OUTPUT, 'package');
const TOKEN_SCRIPT = '/token.js';
/** A project of the fixtures, of which there is a rule. */
const APP_DID = 'zNKqX7D8ZAYa77HgzpoFfnV3BFbZWEUMNu3c';

/** A page of all elements below a provider, after markup of an attacker. */
function createPage(before: string, { baseUrl = '/api/usage', inside = '' } = {}): string {
  const tags = Object.keys(READY_TEXTS).map((tag) => `<${tag} app-did="${APP_DID}"></${tag}>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Usage</title></head>
<body>${before}<script src="/usage-kit.js"></script><usage-provider time-zone="UTC" base-url="${baseUrl}">${tags.join('')}${inside}</usage-provider></body></html>`;
}

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

interface Opened {
  page: Page;
  problems: string[];
  server: TestServer;
}

async function open(html: string, options: Partial<ServeOptions> = {}): Promise<Opened> {
  const server = await serve({ folder: FOLDER, pages: { '/page': html }, ...options });
  const opened = await openPage(browser, { viewport: { width: 1000, height: 9000 } });
  await opened.page.route(
    (url) => url.pathname === TOKEN_SCRIPT,
    (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: `document.querySelector('usage-provider').getToken = () => 'secret';`,
      }),
  );
  await opened.page.goto(`${server.origin}/page`);
  opened.page.on('close', () => void server.close());
  return { ...opened, server };
}

const readText = (frame: Page | Frame, tag: string): Promise<string> =>
  frame.evaluate((name) => {
    // The page may have covered the document's own.
    const element = Document.prototype.querySelector.call(document, name);
    return element?.shadowRoot?.textContent ?? '';
  }, tag);

async function expectFigures(frame: Page | Frame): Promise<void> {
  for (const [tag, text] of Object.entries(READY_TEXTS)) {
    await expect.poll(() => readText(frame, tag)).toMatch(text);
  }
}

describe('a page with markup of an attacker', () => {
  it('sends requests to its own origin, whatever an injected base says', async () => {
    const { page, problems, server } = await open(
      createPage('<base href="https://evil.example/deep/">'),
    );
    // The base leads scripts elsewhere too; the bundle is put in by hand.
    await page.addScriptTag({ url: `${server.origin}/usage-kit.js` });
    problems.length = 0;
    await expectFigures(page);
    const links = await page.evaluate(() =>
      [...(document.querySelector('usage-projects')?.shadowRoot?.querySelectorAll('a') ?? [])].map(
        ({ href }) => href,
      ),
    );
    expect(links.filter((href) => href.includes('evil.example'))).toEqual([]);
    expect(problems.filter((problem) => problem.includes('evil.example/api'))).toEqual([]);
    expect(server.requests.length).toBeGreaterThan(8);
    await page.close();
  });

  it('sends a token to the origin of its provider only', async () => {
    const evil = '<usage-overview id="evil" base-url="https://evil.example/api"></usage-overview>';
    const bundle = '<script src="/usage-kit.js"></script>';
    const html = createPage('', { inside: evil })
      .replace(bundle, '')
      .replace('</body>', `<script src="${TOKEN_SCRIPT}"></script>${bundle}</body>`);
    const { page, problems, server } = await open(html);
    const text = (): Promise<string> =>
      page.evaluate(() => document.querySelector('#evil')?.shadowRoot?.textContent ?? '');
    await expect.poll(text).toContain('tokens are for http://127.0.0.1');
    await expect.poll(() => server.tokens.has('Bearer secret')).toBe(true);
    expect(problems).toEqual([]);
    await page.close();
  });

  // Names that the elements, Lit and Chart.js read from the document or the window.
  const NAMES = [
    ...['hidden', 'visibilityState', 'baseURI', 'addEventListener', 'documentElement', 'fetch'],
    ...['customElements', 'CSS', 'matchMedia', 'localStorage', 'location', 'navigator', 'origin'],
    ...['litHtmlVersions', 'litElementVersions', 'reactiveElementVersions', 'litPropertyMetadata'],
    ...['litHtmlPolyfillSupport', 'litElementHydrateSupport', 'reactiveElementPolyfillSupport'],
    ...['createElement', 'createComment', 'createTextNode', 'createTreeWalker', 'importNode'],
    ...['querySelector', 'body', 'head', 'cookie', 'readyState', 'activeElement'],
    ...['trustedTypes', 'litServerRoot', 'usageKit', 'Chart', 'globalThis', 'self', 'document'],
  ];
  const attributes = takeCases(
    ['form name', 'img id'],
    ['img name', 'form id', 'a id', 'object name', 'embed name'],
  );
  it.each(attributes)('loads as ever where %s takes the names of everything', async (attribute) => {
    const [tag = ''] = attribute.split(' ');
    const markup = NAMES.map(
      (name) => `<${attribute}="${name}">${tag === 'img' || tag === 'embed' ? '' : `</${tag}>`}`,
    );
    const { page, problems } = await open(createPage(markup.join('')));
    await expectFigures(page);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('loses no more than pictures where Chart.js cannot reach its window', async () => {
    const { page, problems } = await open(createPage('<form name="defaultView"></form>'));
    await expectFigures(page);
    for (const problem of problems) expect(problem).toContain('defaultView');
    await page.close();
  });

  it('reads the language of a form whose fields cover its methods', async () => {
    const html = createPage('')
      .replace('<usage-provider', '<form lang="zh"><input name="getAttribute"><usage-provider')
      .replace('</usage-provider>', '</usage-provider></form>');
    const { page, problems } = await open(html);
    await expect.poll(() => readText(page, 'usage-overview')).toContain('成功率');
    expect(problems).toEqual([]);
    await page.close();
  });
});

describe('a sandboxed frame', () => {
  it('shows everything, without storage and without an origin', async () => {
    const outer =
      '<!doctype html><title>Usage</title><iframe sandbox="allow-scripts" src="/inner" width="900" height="6000"></iframe>';
    const { page, problems } = await open(outer, {
      pages: { '/page': outer, '/inner': createPage('') },
      apiHeaders: { 'access-control-allow-origin': '*' },
    });
    const frame = page.frames().find((candidate) => candidate.url().endsWith('/inner'));
    if (frame === undefined) throw new Error('no frame');
    await expectFigures(frame);
    expect(problems).toEqual([]);
    await page.close();
  });
});

describe('a server that sends wrong responses', () => {
  it.each(takeCases<unknown>([null, { quota: 1 }], [{}, [], 'hello']))(
    'first %j and then as it should: every element is there after a retry',
    async (wrong) => {
      let isMended = false;
      const { page, problems } = await open(createPage(''), {
        api: (url) => (isMended ? respondFromFixtures(url) : Promise.resolve(wrong)),
      });
      const tags = Object.keys(READY_TEXTS);
      for (const tag of tags) {
        await expect.poll(() => readText(page, tag)).toContain('could not be loaded');
      }
      isMended = true;
      await page.evaluate((names) => {
        for (const name of names) {
          const root = document.querySelector(name)?.shadowRoot;
          root?.querySelector<HTMLElement>('[part~="retry"]')?.click();
        }
      }, tags);
      await expectFigures(page);
      expect(problems).toEqual([]);
      await page.close();
    },
  );
});
